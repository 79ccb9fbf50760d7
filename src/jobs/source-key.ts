import type { Kysely } from 'kysely'
import type { Tables } from '#database/tables.ts'
import { ReelmillError } from '#errors/reelmill-error.ts'
import { selectJobByCredentials } from './find.ts'
import type { JobCredentials } from './job.ts'

/** The storage key of the file that a version's jobs read: the readable copy where there is one. */
export async function findSourceKey(database: Kysely<Tables>, versionId: string): Promise<string> {
  const { source_key, readable_key } = await database
    .selectFrom('versions')
    .select(['source_key', 'readable_key'])
    .where('id', '=', versionId)
    .executeTakeFirstOrThrow()
  return readable_key ?? source_key
}

/**
 * The storage key of the file that a held job reads. Only the job's own runner gets it, and only
 * while it holds the job (WD14).
 *
 * @throws ReelmillError `runner_job_not_found`, `runner_job_not_in_processing_state`.
 */
export async function findHeldSourceKey(
  database: Kysely<Tables>,
  credentials: JobCredentials,
): Promise<string> {
  const row = await selectJobByCredentials(database, credentials)
    .innerJoin('versions', 'versions.id', 'jobs.version_id')
    .select(['jobs.state', 'versions.source_key', 'versions.readable_key'])
    .executeTakeFirst()
  if (!row) throw new ReelmillError('runner_job_not_found')
  if (row.state !== 'processing') throw new ReelmillError('runner_job_not_in_processing_state')
  return row.readable_key ?? row.source_key
}
