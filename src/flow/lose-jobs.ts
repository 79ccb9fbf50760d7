import { catalogue } from '#errors/catalogue.ts'
import { findJobsOfRunner, lockJobOfRunner } from '#jobs/of-runner.ts'
import { lockVersion } from './lock-version.ts'
import type { Parts } from './parts.ts'
import { settleFailure } from './settle.ts'

/**
 * Takes back what a dead runner held, each job in a transaction of its own.
 *
 * - `runner_lost`: it died by itself; that counts, so that a job which kills its runners ends.
 * - `server_lost`: the server in whose care it was ended, and it with that; that is held against
 *   neither the job nor the runner, but a job that takes the whole machine with it each time comes
 *   to an end too (judge-failure.ts).
 */
export async function loseJobs(
  parts: Parts,
  runnerId: number,
  code: 'runner_lost' | 'server_lost',
): Promise<void> {
  for (const { id, version_id } of await findJobsOfRunner(parts.database, runnerId)) {
    await parts.database.transaction().execute(async (tx) => {
      await lockVersion(tx, version_id)
      const job = await lockJobOfRunner(tx, { id, runnerId })
      if (!job) return
      // Not as one who failed at it: it is to be offered the job as soon as anybody is.
      const blamed = code === 'server_lost' ? { ...job, runner_id: null } : job
      await settleFailure(parts, tx, blamed, { code, message: catalogue[code].sentence })
    })
  }
}
