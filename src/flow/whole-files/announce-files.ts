import { sql, type Transaction } from 'kysely'
import type { Tables } from '#database/tables.ts'
import { recordEvent } from '../advance.ts'
import type { Version } from '../version.ts'

/**
 * After a file of a version was finished: when the HLS files that are there have every stream that
 * the source has, the version can be played from now on, and that is told once (runner protocol
 * 6.5). Who watches the video is told of the file in any case.
 */
export async function announceFiles(
  tx: Transaction<Tables>,
  { id, video_id, number, plan }: Version,
): Promise<void> {
  if (plan?.kind !== 'whole-files') return
  await recordEvent(tx, video_id, 'video.file', { version: number })
  const { hasVideo, hasAudio } = await tx
    .selectFrom('files')
    .select([
      sql<boolean>`coalesce(bool_or(has_video), false)`.as('hasVideo'),
      sql<boolean>`coalesce(bool_or(has_audio), false)`.as('hasAudio'),
    ])
    .where('version_id', '=', id)
    .where('kind', '=', plan.hls ? 'hls' : 'web-video')
    .executeTakeFirstOrThrow()
  const isWhole = plan.inputStreams.every((bit) => (bit === 1 ? hasVideo : hasAudio))
  if (!isWhole) return
  const { numUpdatedRows } = await tx
    .updateTable('versions')
    .set({ playable_at: sql<Date>`now()` })
    .where('id', '=', id)
    .where('playable_at', 'is', null)
    .executeTakeFirst()
  if (numUpdatedRows > 0n) await recordEvent(tx, video_id, 'video.playable', { version: number })
}
