import { orderExtra } from '#flow/order-extra.ts'
import { orderTranscript, type TranscriptOrder } from '#flow/order-transcript.ts'
import type { Parts } from '#flow/parts.ts'
import { checkVideoId } from '#videos/check-id.ts'
import type { VideoRecord } from '#videos/video-record.ts'
import { requireRecord } from './videos.ts'

/** Which video is to be written down: by its id, or by the folder of its output. */
export type TranscriptOptions = { readonly videoId: string } | TranscriptOrder

/** Orders a transcript from the runners (D-09); hooks tell how it ended. The video's record. */
export async function transcript(parts: Parts, options: TranscriptOptions): Promise<VideoRecord> {
  if ('destination' in options) {
    const { videoId } = await orderTranscript(parts, options)
    return requireRecord(parts, videoId)
  }
  const id = checkVideoId(options.videoId)
  await orderExtra(parts, id, { type: 'video-transcription' })
  return requireRecord(parts, id)
}
