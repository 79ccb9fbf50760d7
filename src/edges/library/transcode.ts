import type { Parts } from '#flow/parts.ts'
import { type ObjectOrder, transcodeObject } from '#flow/transcode-object.ts'
import type { VideoRecord } from '#videos/video-record.ts'
import { requireRecord } from './videos.ts'
import { waitForVideo } from './wait-for-video.ts'

export interface TranscodeOptions extends ObjectOrder {
  /**
   * When to return: once the runners' jobs are there, with all that is known of the source (the
   * default), or at once.
   */
  readonly until?: 'planned' | 'created'
  /** Ends the waiting, and nothing else. */
  readonly signal?: AbortSignal
}

/**
 * Orders renditions of an object of the storage (D-03). Returns the record when the source was looked
 * at and the jobs exist; one that turns out not to be a video has state `failed` then, with its error.
 *
 * @throws ReelmillError `source_not_found` and nothing is made (D-04), and what transcodeObject throws.
 */
export async function transcode(
  parts: Parts,
  { until = 'planned', signal, ...order }: TranscodeOptions,
): Promise<VideoRecord> {
  const id = await transcodeObject(parts, order)
  if (until === 'planned') await waitForVideo(parts, id, isPlanned, signal)
  return requireRecord(parts, id)
}

function isPlanned({ state }: Pick<VideoRecord, 'state'>): boolean {
  return !['uploading', 'probing', 'planning'].includes(state)
}
