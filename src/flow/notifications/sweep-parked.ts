import type { Parts } from '../parts.ts'
import { applyParked, lockExternalId } from './apply-notification.ts'

/** Applies what waits for videos that have their external id by now: it can be given later, too. */
export async function sweepParked(parts: Parts): Promise<void> {
  const found = await parts.database
    .selectFrom('notifications')
    .innerJoin('videos', 'videos.external_id', 'notifications.external_id')
    .select('notifications.external_id as externalId')
    .distinct()
    .where('notifications.applied_at', 'is', null)
    .execute()
  for (const { externalId } of found) await applyNow(parts, externalId)
}

/** Applies what waits for one video, which has just got its external id. */
export async function applyNow(parts: Parts, externalId: string): Promise<void> {
  await parts.database.transaction().execute(async (tx) => {
    await lockExternalId(tx, externalId)
    await applyParked(parts, tx, externalId)
  })
}
