import { type Kysely, sql } from 'kysely'
import type { Tables } from '#database/tables.ts'
import { leaseEnd } from './lease.ts'

/**
 * Gives a lease anew to runners whose last one ended while no server was there to hear them: they
 * are most likely still at work, and did not fail. One that is silent from now on loses the job as
 * always. To be called at the start of a server, before anybody looks for leases that ended; where
 * other servers run, they have taken such jobs back already, and what somebody is at work on is left
 * to him: who waited for one job while holding others could wait for ever. Returns how many there
 * were.
 */
export async function renewLeases(database: Kysely<Tables>, leaseSeconds: number): Promise<number> {
  const { numUpdatedRows } = await database
    .updateTable('jobs')
    .from('runners')
    .set({ lease_expires_at: leaseEnd(leaseSeconds) })
    .whereRef('runners.id', '=', 'jobs.runner_id')
    .where(
      sql<boolean>`jobs.id in (select id from jobs
                                where state = 'processing' and lease_expires_at < now()
                                  for no key update skip locked)`,
    )
    .executeTakeFirst()
  return Number(numUpdatedRows)
}
