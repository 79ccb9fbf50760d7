import { sql, type Transaction } from 'kysely'
import type { Tables } from '#database/tables.ts'
import { cancelJobs } from '#jobs/cancel.ts'
import { recordEvent } from './advance.ts'
import type { Parts } from './parts.ts'
import { keptColumns, placesOf } from './remove-files.ts'

/**
 * Takes versions back that still wait for their bytes, with what did arrive, in the caller's
 * transaction: where it is the only version of its video the video goes too, else the one before is
 * the latest again. A version that has begun its journey is left alone.
 *
 * @returns how many went.
 */
export async function abandonVersions(
  parts: Parts,
  tx: Transaction<Tables>,
  versionIds: readonly string[],
): Promise<number> {
  const waiting = await lockWaiting(tx, versionIds)
  if (waiting.length === 0) return 0
  // Who hands in what was made early holds a job and refers to the version: none may when that goes.
  for (const id of waiting) await cancelJobs(tx, id)
  const gone = await tx
    .deleteFrom('versions')
    .where('id', 'in', waiting)
    .returning(keptColumns)
    .execute()
  await parts.queue.enqueue(tx, 'removing', placesOf(gone))
  for (const videoId of new Set(gone.map((version) => version.video_id))) {
    await stepBack(tx, videoId)
  }
  return gone.length
}

/** In one order, so that no two wait for each other. */
async function lockWaiting(
  tx: Transaction<Tables>,
  versionIds: readonly string[],
): Promise<string[]> {
  if (versionIds.length === 0) return []
  const waiting = await tx
    .selectFrom('versions')
    .select('id')
    .where('id', 'in', versionIds)
    .where('state', '=', 'uploading')
    .orderBy('id')
    .forNoKeyUpdate()
    .execute()
  return waiting.map(({ id }) => id)
}

async function stepBack(tx: Transaction<Tables>, videoId: string): Promise<void> {
  const left = await tx
    .selectFrom('versions')
    .select(({ fn }) => fn.max('number').as('number'))
    .where('video_id', '=', videoId)
    .executeTakeFirst()
  if (typeof left?.number === 'number') {
    await tx
      .updateTable('videos')
      .set({ latest_version: left.number, updated_at: sql<Date>`now()` })
      .where('id', '=', videoId)
      .execute()
    await recordEvent(tx, videoId, 'video.upload_abandoned', {})
    return
  }
  await recordEvent(tx, videoId, 'video.deleted', {})
  await tx.deleteFrom('videos').where('id', '=', videoId).execute()
}
