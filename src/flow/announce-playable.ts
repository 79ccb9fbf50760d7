import { sql, type Transaction } from 'kysely'
import type { Tables } from '#database/tables.ts'
import { recordEvent } from './advance.ts'
import { lockVersion } from './lock-version.ts'
import { loadPlannedVersion } from './version.ts'

/**
 * After a track got its first segment: when the lowest rendition and all sound have theirs, the
 * version can be played from now on, and that is told once. A segment that was handed in is committed
 * by now, one of a piece is not: only with the version locked does the second of two count the first.
 * So `tx` must not hold a job unless it holds the version too.
 */
export async function announcePlayable(tx: Transaction<Tables>, versionId: string): Promise<void> {
  // Most often it was told long ago, and then nobody has to wait.
  if (await wasAnnounced(tx, versionId)) return
  await lockVersion(tx, versionId)
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

async function wasAnnounced(tx: Transaction<Tables>, versionId: string): Promise<boolean> {
  const version = await tx
    .selectFrom('versions')
    .select('playable_at')
    .where('id', '=', versionId)
    .executeTakeFirst()
  return version !== undefined && version.playable_at !== null
}
