import { type Kysely, sql } from 'kysely'
import type { Tables } from '#database/tables.ts'

/**
 * Ends the leases of a runner that is known to be dead, so that its jobs are rescued now and not
 * when it has been silent for long enough. They count as lost: a job that kills its runners must
 * come to an end.
 */
export async function expireLeases(database: Kysely<Tables>, runnerId: number): Promise<void> {
  await database
    .updateTable('jobs')
    .set({ lease_expires_at: sql<Date>`now()` })
    .where('runner_id', '=', runnerId)
    .where('state', '=', 'processing')
    .execute()
}
