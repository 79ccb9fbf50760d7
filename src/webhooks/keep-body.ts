import { type Kysely, sql } from 'kysely'
import type { Tables } from '#database/tables.ts'

/** Keeps what is sent, before it is sent for the first time; what was kept already stays, and wins. */
export async function keepBody(
  database: Kysely<Tables>,
  deliveryId: string,
  body: string,
): Promise<string> {
  const kept = await database
    .updateTable('webhook_deliveries')
    .set({ body: sql<string>`coalesce(body, ${body})` })
    .where('id', '=', deliveryId)
    .returning('body')
    .executeTakeFirst()
  return kept?.body ?? body
}
