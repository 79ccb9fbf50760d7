import { type Kysely, sql } from 'kysely'
import type { Tables } from '#database/tables.ts'
import { ReelmillError } from '#errors/reelmill-error.ts'
import { requireEvents } from './create-endpoint.ts'
import { disableEndpoint } from './disable-endpoint.ts'
import { type EndpointView, getEndpoint } from './endpoint.ts'

/** What may be changed of an endpoint. */
export interface EndpointChange {
  readonly url?: string | undefined
  readonly description?: string | undefined
  readonly events?: readonly string[] | undefined
  readonly enabled?: boolean | undefined
}

/**
 * Changes an endpoint. Enabling one forgets why it was disabled; what failed meanwhile can be
 * replayed. Its address must have been checked (network/).
 *
 * @throws ReelmillError `webhook_not_found`, `invalid_request`.
 */
export async function updateEndpoint(
  database: Kysely<Tables>,
  id: string,
  { enabled, ...change }: EndpointChange,
): Promise<EndpointView> {
  await database.transaction().execute(async (tx) => {
    const { format } = await getEndpoint(tx, id)
    if (change.events) requireEvents(format, change.events)
    await tx
      .updateTable('webhook_endpoints')
      .set({ ...change, updated_at: sql<Date>`now()` })
      .where('id', '=', id)
      .execute()
    if (enabled === true) await enable(tx, id)
    if (enabled === false) await disableEndpoint(tx, id, 'An operator disabled it.')
  })
  return getEndpoint(database, id)
}

async function enable(tx: Kysely<Tables>, id: string): Promise<void> {
  await tx
    .updateTable('webhook_endpoints')
    .set({ enabled: true, disabled_reason: null, disabled_at: null, failing_since: null })
    .where('id', '=', id)
    .execute()
}

/** Removes an endpoint with its deliveries. Fails with `webhook_not_found`. */
export async function deleteEndpoint(database: Kysely<Tables>, id: string): Promise<void> {
  const { numDeletedRows } = await database
    .deleteFrom('webhook_endpoints')
    .where('id', '=', id)
    .executeTakeFirst()
  if (numDeletedRows === 0n) throw new ReelmillError('webhook_not_found')
}
