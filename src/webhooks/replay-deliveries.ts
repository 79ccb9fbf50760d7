import { type Kysely, sql } from 'kysely'
import { notify } from '#database/notifications.ts'
import type { Tables } from '#database/tables.ts'
import { ReelmillError } from '#errors/reelmill-error.ts'
import { requireEnabled } from './require-enabled.ts'

const anew = {
  state: 'pending' as const,
  attempts: 0,
  error: null,
  finished_at: null,
  next_attempt_at: sql<Date>`now()`,
}

/**
 * Sends a delivery that has ended once more, with the same id and body, and with all its attempts.
 *
 * @throws ReelmillError `delivery_not_found`, `delivery_under_way`, `webhook_disabled`.
 */
export async function replayDelivery(database: Kysely<Tables>, id: string): Promise<void> {
  await database.transaction().execute(async (tx) => {
    const delivery = await tx
      .selectFrom('webhook_deliveries')
      .select(['endpoint_id', 'state'])
      .where('id', '=', id)
      .executeTakeFirst()
    if (!delivery) throw new ReelmillError('delivery_not_found')
    if (delivery.endpoint_id !== null) await requireEnabled(tx, delivery.endpoint_id)
    const { numUpdatedRows } = await tx
      .updateTable('webhook_deliveries')
      .set(anew)
      .where('id', '=', id)
      .where('state', '<>', 'pending')
      .executeTakeFirst()
    if (numUpdatedRows === 0n) throw new ReelmillError('delivery_under_way')
    await notify(tx, 'webhooks', {})
  })
}

/**
 * Sends all that failed of an endpoint since a time once more; how many they are.
 *
 * @throws ReelmillError `webhook_not_found`, `webhook_disabled`.
 */
export async function replayFailed(
  database: Kysely<Tables>,
  endpointId: string,
  since: Date,
): Promise<number> {
  return database.transaction().execute(async (tx) => {
    await requireEnabled(tx, endpointId)
    const { numUpdatedRows } = await tx
      .updateTable('webhook_deliveries')
      .set(anew)
      .where('endpoint_id', '=', endpointId)
      .where('state', '=', 'failed')
      .where('happened_at', '>=', since)
      .executeTakeFirst()
    await notify(tx, 'webhooks', {})
    return Number(numUpdatedRows)
  })
}
