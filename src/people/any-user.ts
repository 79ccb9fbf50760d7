import { type Kysely, sql } from 'kysely'
import type { Tables } from '#database/tables.ts'

/** Whether there is a user, disabled or not: from then on nobody is trusted without a word. */
export async function isAnyUserThere(database: Kysely<Tables>): Promise<boolean> {
  const { rows } = await sql<{ readonly there: boolean }>`
    select exists (select from users) as there
  `.execute(database)
  return rows[0]?.there ?? false
}
