import type { Kysely } from 'kysely'
import type { Tables } from '#database/tables.ts'
import { ReelmillError } from '#errors/reelmill-error.ts'
import { hashToken } from '#runners/tokens.ts'
import type { JobCredentials, JobRow } from './job.ts'

/** The job that these credentials open, in whatever state; to be refined by a lock or columns. */
export function selectJobByCredentials(
  database: Kysely<Tables>,
  { uuid, jobToken, runnerToken }: JobCredentials,
) {
  return database
    .selectFrom('jobs')
    .innerJoin('runners', 'runners.id', 'jobs.runner_id')
    .where('jobs.uuid', '=', uuid)
    .where('jobs.job_token_hash', '=', hashToken(jobToken))
    .where('runners.token_hash', '=', hashToken(runnerToken))
}

/**
 * The job that these credentials open, in whatever state. Leaving `processing` in any way but by
 * success clears the job token, so whoever lost a job finds nothing (runner protocol 1.4).
 *
 * @throws ReelmillError `runner_job_not_found`.
 */
export async function findHeldJob(
  database: Kysely<Tables>,
  credentials: JobCredentials,
): Promise<JobRow> {
  const row = await selectJobByCredentials(database, credentials)
    .selectAll('jobs')
    .executeTakeFirst()
  if (!row) throw new ReelmillError('runner_job_not_found')
  return row
}
