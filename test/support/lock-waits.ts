import { type Kysely, sql } from 'kysely'
import type { Tables } from '#database/tables.ts'

/** How many sessions of a test's database wait for a lock that somebody else has. */
export async function countLockWaits(database: Kysely<Tables>): Promise<number> {
  const { rows } = await sql`
    select from pg_stat_activity
     where datname = current_database() and wait_event_type = 'Lock'`.execute(database)
  return rows.length
}
