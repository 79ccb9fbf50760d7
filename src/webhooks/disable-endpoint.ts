import { type Kysely, sql } from 'kysely'
import type { Tables } from '#database/tables.ts'

/**
 * Disables an endpoint, in the caller's transaction: it is told of nothing more, and what waits for it
 * fails with the reason, to be replayed when it is enabled again. One that is disabled already keeps
 * its first reason.
 */
export async function disableEndpoint(
  tx: Kysely<Tables>,
  id: string,
  reason: string,
): Promise<void> {
  const { numUpdatedRows } = await tx
    .updateTable('webhook_endpoints')
    .set({ enabled: false, disabled_reason: reason, disabled_at: sql<Date>`now()` })
    .where('id', '=', id)
    .where('enabled', '=', true)
    .executeTakeFirst()
  if (numUpdatedRows === 0n) return
  await tx
    .updateTable('webhook_deliveries')
    .set({
      state: 'failed',
      error: `The webhook was disabled. ${reason}`,
      finished_at: sql<Date>`now()`,
      claim: null,
    })
    .where('endpoint_id', '=', id)
    .where('state', '=', 'pending')
    .execute()
}
