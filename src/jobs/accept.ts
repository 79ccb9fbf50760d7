import { type Kysely, sql } from 'kysely'
import { commitLate } from '#database/late-commit.ts'
import type { Tables } from '#database/tables.ts'
import { ReelmillError } from '#errors/reelmill-error.ts'
import { jobsAreOffered } from '#policies/jobs-are-offered.ts'
import { hashToken, mintToken } from '#runners/tokens.ts'
import type { JobRow } from './job.ts'

interface Acceptance {
  readonly uuid: string
  readonly runnerId: number
  readonly leaseSeconds: number
}

/** A job in its new runner's hands; the token is kept by nobody else. */
export interface AcceptedJob {
  readonly job: JobRow
  readonly jobToken: string
}

/**
 * pending → processing, for one of any number of runners that try. A job whose back-off is not over
 * counts as not pending, and all do while a policy holds them back. A database that crashes just then may forget it: the job is pending again,
 * and its runner is told at its next call that it is not its own.
 *
 * @throws ReelmillError `job_not_found`; `runner_job_not_in_pending_state` for everybody who came
 * too late (runner protocol 1.4, call 9).
 */
export async function acceptJob(
  database: Kysely<Tables>,
  { uuid, runnerId, leaseSeconds }: Acceptance,
): Promise<AcceptedJob> {
  const jobToken = mintToken('job')
  const row = await database
    .updateTable('jobs')
    .set({
      state: 'processing',
      runner_id: runnerId,
      job_token_hash: hashToken(jobToken),
      lease_expires_at: sql`now() + make_interval(secs => ${leaseSeconds})`,
      started_at: sql`now()`,
      progress: 0,
      updated_at: sql`now()`,
    })
    .where('uuid', '=', uuid)
    .where('state', '=', 'pending')
    .where('not_before', '<=', sql<Date>`now()`)
    .where(jobsAreOffered)
    .returningAll()
    .returning(commitLate.as('commit'))
    .executeTakeFirst()
  if (row) {
    const { commit: _, ...job } = row
    return { job, jobToken }
  }
  const lost = await database
    .selectFrom('jobs')
    .select('id')
    .where('uuid', '=', uuid)
    .executeTakeFirst()
  throw new ReelmillError(lost ? 'runner_job_not_in_pending_state' : 'job_not_found')
}
