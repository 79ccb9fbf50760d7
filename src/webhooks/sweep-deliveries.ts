import { type Kysely, sql } from 'kysely'
import type { Tables } from '#database/tables.ts'

/** Removes deliveries that ended so long ago, with their calls, and secrets that expired. */
export async function sweepDeliveries(database: Kysely<Tables>, keptDays: number): Promise<void> {
  await database
    .deleteFrom('webhook_deliveries')
    .where('created_at', '<', sql<Date>`now() - make_interval(days => ${keptDays})`)
    .where('state', '<>', 'pending')
    .execute()
  await database.deleteFrom('webhook_secrets').where('expires_at', '<', sql<Date>`now()`).execute()
}
