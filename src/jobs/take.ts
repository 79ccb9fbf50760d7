import type { Kysely } from 'kysely'
import type { Tables } from '#database/tables.ts'
import { ReelmillError } from '#errors/reelmill-error.ts'
import { mayTakeJobs } from '#runners/may-take-jobs.ts'
import type { RunnerRow } from '#runners/runner.ts'
import { type AcceptedJob, acceptJob } from './accept.ts'
import { leaseSecondsOf } from './lease.ts'

interface Taking {
  readonly uuid: string
  readonly runner: RunnerRow
  readonly leaseSeconds: number
}

/**
 * Accepts a job for a runner that may take one. Refusals have the code that every runner shrugs off:
 * it may have been offered the job just before it was drained. Of several calls of one that is on
 * trial, one gets a job: they queue for the runner's row.
 *
 * @throws ReelmillError `job_not_found`, `runner_job_not_in_pending_state`, `unknown_runner_token`.
 */
export async function takeJob(
  database: Kysely<Tables>,
  { uuid, runner, leaseSeconds }: Taking,
): Promise<AcceptedJob> {
  const lease = leaseSecondsOf(runner, leaseSeconds)
  const acceptance = { uuid, runnerId: runner.id, leaseSeconds: lease }
  if (runner.state === 'active') {
    return acceptJob(database, acceptance).catch((error: unknown) => {
      // It was removed in this very moment: the row that the job was to refer to is not there.
      throw isForeignKeyViolation(error) ? new ReelmillError('unknown_runner_token') : error
    })
  }
  return database.transaction().execute(async (tx) => {
    const locked = await tx
      .selectFrom('runners')
      .selectAll()
      .where('id', '=', runner.id)
      .forNoKeyUpdate()
      .executeTakeFirst()
    if (!locked) throw new ReelmillError('unknown_runner_token')
    if (await mayTakeJobs(tx, locked)) return acceptJob(tx, acceptance)
    const sentence = `The runner is given no jobs now: it is ${describe(locked.state)}.`
    throw new ReelmillError('runner_job_not_in_pending_state', sentence)
  })
}

/** https://www.postgresql.org/docs/current/errcodes-appendix.html */
function isForeignKeyViolation(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === '23503'
}

function describe(state: RunnerRow['state']): string {
  return state === 'set_aside' ? 'set aside' : state
}
