import { type Kysely, sql } from 'kysely'
import type { Tables } from '#database/tables.ts'

/**
 * A text that is another one whenever a webhook was made, changed, called or is to be called: for
 * those who show them. The ends of two indexes and a few rows, so that it may be read every second.
 */
export async function readWebhookMark(database: Kysely<Tables>): Promise<string> {
  const { rows } = await sql<{ mark: string }>`
    select concat_ws('/',
      (select max(id) from webhook_attempts),
      (select max(number) from webhook_deliveries),
      (select max(id) from webhook_secrets),
      count(*), max(updated_at), max(disabled_at), max(failing_since)) as mark
    from webhook_endpoints`.execute(database)
  return rows[0]?.mark ?? ''
}
