import { sql, type Transaction } from 'kysely'
import type { Tables } from '#database/tables.ts'
import { recordEvent } from './advance.ts'
import { loadPlannedVersion } from './version.ts'

/**
 * After a track got its first segment: when the lowest rendition and all sound have theirs, the
 * version can be played from now on, and that is told once.
 */
export async function announcePlayable(tx: Transaction<Tables>, versionId: string): Promise<void> {
  const { plan, video_id, number } = await loadPlannedVersion(tx, versionId)
  const needed = [...plan.video.slice(-1), ...plan.audio].map(({ name }) => name)
  const { begun } = await tx
    .selectFrom('segments')
    .select(({ fn }) => fn.countAll<number>().as('begun'))
    .where('version_id', '=', versionId)
    .where('number', '=', 0)
    .where('track', 'in', needed)
    .executeTakeFirstOrThrow()
  if (begun < needed.length) return
  const { numUpdatedRows } = await tx
    .updateTable('versions')
    .set({ playable_at: sql<Date>`now()` })
    .where('id', '=', versionId)
    .where('playable_at', 'is', null)
    .executeTakeFirst()
  if (numUpdatedRows > 0n) await recordEvent(tx, video_id, 'video.playable', { version: number })
}
