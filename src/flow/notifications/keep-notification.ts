import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import type { Parts } from '../parts.ts'
import { applyParked, lockExternalId } from './apply-notification.ts'
import type { Notification } from './notification.ts'

/**
 * Keeps what another processor said, whole, and applies it to its video; where that is not there yet,
 * it waits for it (C-21, C-25). Said again, it changes nothing.
 *
 * @returns whether the video is there.
 */
export async function keepNotification(
  parts: Parts,
  { form, externalId, said, body }: Notification,
): Promise<boolean> {
  const digest = createHash('sha256').update(`${form}\0${body}`).digest()
  return parts.database.transaction().execute(async (tx) => {
    await lockExternalId(tx, externalId)
    await tx
      .insertInto('notifications')
      .values({
        ...{ form, body, digest, external_id: externalId },
        outcome: said.outcome,
        facts: JSON.stringify(said.facts),
      })
      .onConflict((conflict) =>
        conflict.column('digest').doUpdateSet({ times: sql<number>`notifications.times + 1` }),
      )
      .execute()
    return applyParked(parts, tx, externalId)
  })
}
