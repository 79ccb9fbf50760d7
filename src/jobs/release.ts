import type { Kysely } from 'kysely'
import type { Tables } from '#database/tables.ts'
import { abortJob } from './abort.ts'
import { findJobsOfRunner, lockJobOfRunner } from './of-runner.ts'

/**
 * processing → pending for every job of a runner that leaves; no failure is counted (D-51, WD16).
 * Returns how many there were.
 *
 * Each in a transaction of its own: who waited for one of a version's jobs while holding another
 * would wait for ever with one who fails the version, and with it all of its jobs.
 */
export async function releaseJobs(database: Kysely<Tables>, runnerId: number): Promise<number> {
  let released = 0
  for (const { id } of await findJobsOfRunner(database, runnerId)) {
    const isReleased = await database.transaction().execute(async (tx) => {
      const job = await lockJobOfRunner(tx, { id, runnerId })
      if (job) await abortJob(tx, job)
      return job !== null
    })
    if (isReleased) released += 1
  }
  return released
}
