import type { Kysely } from 'kysely'
import type { Tables } from '#database/tables.ts'
import { ReelmillError } from '#errors/reelmill-error.ts'
import { isSourceTicket } from './source-ticket.ts'

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
    .select(['jobs.job_token_hash', 'versions.source_key', 'versions.readable_key'])
    .where('jobs.uuid', '=', uuid)
    .where('jobs.state', '=', 'processing')
    .executeTakeFirst()
  if (!row || !isSourceTicket(ticket, row.job_token_hash)) {
    throw new ReelmillError('runner_job_not_found')
  }
  return row.readable_key ?? row.source_key
}
