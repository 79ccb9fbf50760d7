import type { Transaction } from 'kysely'
import type { Tables } from '#database/tables.ts'
import type { ErrorRecord } from '#errors/reelmill-error.ts'
import { recordEvent } from './advance.ts'

/** What is told when extra work on a published video is given up, by the type of its job. */
const events: ReadonlyMap<string, string> = new Map([
  ['video-transcription', 'video.transcription_failed'],
  ['generate-video-storyboard', 'video.storyboard_failed'],
  ['video-studio-transcoding', 'video.edit_failed'],
])

/** Tells, once, that a job failed for good which its video can do without (D-72). */
export async function tellExtraFailed(
  tx: Transaction<Tables>,
  job: { readonly version_id: string; readonly type: string },
  error: ErrorRecord,
): Promise<void> {
  const type = events.get(job.type)
  if (type === undefined) return
  const { video_id, number: version } = await tx
    .selectFrom('versions')
    .select(['video_id', 'number'])
    .where('id', '=', job.version_id)
    .executeTakeFirstOrThrow()
  await recordEvent(tx, video_id, type, { version, error })
}
