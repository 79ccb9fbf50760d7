import { type Kysely, sql } from 'kysely'
import type { Tables } from '#database/tables.ts'

/**
 * Takes a runner's name out of the jobs that it did, before its row is removed. Removing the row does
 * so as well, but waits for each of them while it holds the others; here, what somebody has locked is
 * passed over, and so little is left then.
 */
export async function forgetRunner(database: Kysely<Tables>, runnerId: number): Promise<void> {
  await database
    .updateTable('jobs')
    .set({ runner_id: null })
    .where(
      sql<boolean>`id in (select id from jobs where runner_id = ${runnerId} and state <> 'processing'
                             for no key update skip locked)`,
    )
    .execute()
}
