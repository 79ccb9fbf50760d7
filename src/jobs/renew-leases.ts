import { type Kysely, sql } from 'kysely'
import type { Tables } from '#database/tables.ts'

/** Leases are looked at every few seconds: one that ended before that was looked at by nobody. */
const overlookedSeconds = 30

/**
 * Gives a lease anew to runners whose last one ended while no server was there to hear them: they
 * are most likely still at work, and did not fail. One that is silent from now on loses the job as
 * always. Returns how many jobs there were.
 */
export async function renewOverlookedLeases(
  database: Kysely<Tables>,
  leaseSeconds: number,
): Promise<number> {
  const { numUpdatedRows } = await database
    .updateTable('jobs')
    .set({ lease_expires_at: sql`now() + make_interval(secs => ${leaseSeconds})` })
    .where('state', '=', 'processing')
    .where('lease_expires_at', '<', sql<Date>`now() - make_interval(secs => ${overlookedSeconds})`)
    .executeTakeFirst()
  return Number(numUpdatedRows)
}
