import type { Kysely } from 'kysely'
import type { Tables } from '#database/tables.ts'
import { ReelmillError } from '#errors/reelmill-error.ts'
import type { JobRow } from './job.ts'
import { isSourceTicket } from './source-ticket.ts'

/** What a job reads. */
export interface JobSource {
  readonly videoId: string
  /** The storage key of its file: the readable copy of the source where there is one. */
  readonly key: string
}

export async function findSource(
  database: Kysely<Tables>,
  job: Pick<JobRow, 'version_id' | 'private_payload'>,
): Promise<JobSource> {
  const version = await database
    .selectFrom('versions')
    .select(['video_id', 'source_key', 'readable_key'])
    .where('id', '=', job.version_id)
    .executeTakeFirstOrThrow()
  return { videoId: version.video_id, key: chooseKey(job, version) }
}

/**
 * The storage key of the file that a held job reads, for whoever shows its ticket (WD14).
 *
 * @throws ReelmillError `runner_job_not_found`.
 */
export async function findTicketedSourceKey(
  database: Kysely<Tables>,
  { uuid, ticket }: { readonly uuid: string; readonly ticket: string },
): Promise<string> {
  const row = await database
    .selectFrom('jobs')
    .innerJoin('versions', 'versions.id', 'jobs.version_id')
    .select(['jobs.job_token_hash', 'jobs.private_payload'])
    .select(['versions.source_key', 'versions.readable_key'])
    .where('jobs.uuid', '=', uuid)
    .where('jobs.state', '=', 'processing')
    .executeTakeFirst()
  if (!row || !isSourceTicket(ticket, row.job_token_hash)) {
    throw new ReelmillError('runner_job_not_found')
  }
  return chooseKey(row, row)
}

/** A job that was given out while its source was arriving goes on with the copy that there was then. */
function chooseKey(
  { private_payload }: Pick<JobRow, 'private_payload'>,
  { source_key, readable_key }: { source_key: string; readable_key: string | null },
): string {
  const own = private_payload['sourceKey']
  return typeof own === 'string' ? own : (readable_key ?? source_key)
}
