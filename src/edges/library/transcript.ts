import { ReelmillError } from '#errors/reelmill-error.ts'
import { orderExtra } from '#flow/order-extra.ts'
import type { Parts } from '#flow/parts.ts'
import { checkPrefix } from '#storage/keys.ts'

/** Which video is to be written down: by its id, or by the folder of its output. */
export type TranscriptOptions = { readonly videoId: string } | { readonly destination: string }

/**
 * Orders a transcript of a published video from the runners (D-09); hooks tell how it ended.
 *
 * @returns the job's uuid.
 * @throws ReelmillError `video_not_found`, `video_state_conflict` when nothing of it is published,
 * `source_no_streams` when it has no sound.
 */
export async function orderTranscript(parts: Parts, options: TranscriptOptions): Promise<string> {
  const videoId =
    'videoId' in options ? options.videoId : await findByFolder(parts, options.destination)
  return orderExtra(parts, videoId, { type: 'video-transcription' })
}

async function findByFolder({ database }: Parts, destination: string): Promise<string> {
  const version = await database
    .selectFrom('versions')
    .select('video_id')
    .where('prefix', '=', checkPrefix(destination))
    .orderBy('number', 'desc')
    .limit(1)
    .executeTakeFirst()
  if (!version) throw new ReelmillError('video_not_found')
  return version.video_id
}
