import { type Kysely, sql } from 'kysely'
import { commitLate } from '#database/late-commit.ts'
import type { Tables } from '#database/tables.ts'
import { ReelmillError } from '#errors/reelmill-error.ts'
import { hashToken } from '#runners/tokens.ts'
import { findHeldJob } from './find.ts'
import type { JobCredentials } from './job.ts'
import { leaseEnd } from './lease.ts'

interface Update {
  /** 0 to 1; undefined leaves it as it is: a sign of life only. */
  readonly progress?: number | undefined
  readonly leaseSeconds: number
}

/**
 * processing → processing: the lease starts anew and progress is kept. An update of a job that was
 * completed meanwhile changes nothing (runner protocol 1.4, call 11).
 *
 * @returns the job's version, or null when nothing changed.
 * @throws ReelmillError `runner_job_not_found`, `runner_job_not_in_processing_state`.
 */
export async function updateJob(
  database: Kysely<Tables>,
  credentials: JobCredentials,
  { progress, leaseSeconds }: Update,
): Promise<{ versionId: string } | null> {
  const row = await database
    .updateTable('jobs')
    .from('runners')
    .set({
      lease_expires_at: leaseEnd(leaseSeconds),
      updated_at: sql`now()`,
      ...(progress === undefined ? {} : { progress }),
    })
    .whereRef('runners.id', '=', 'jobs.runner_id')
    .where('jobs.uuid', '=', credentials.uuid)
    .where('jobs.state', '=', 'processing')
    .where('jobs.job_token_hash', '=', hashToken(credentials.jobToken))
    .where('runners.token_hash', '=', hashToken(credentials.runnerToken))
    .returning(['jobs.version_id as versionId', commitLate.as('commit')])
    .executeTakeFirst()
  if (row) return { versionId: row.versionId }
  const { state } = await findHeldJob(database, credentials)
  if (state === 'completed' || state === 'completing') return null
  throw new ReelmillError('runner_job_not_in_processing_state')
}
