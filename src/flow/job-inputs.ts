import { sql } from 'kysely'
import { ReelmillError } from '#errors/reelmill-error.ts'
import type { JobRow } from '#jobs/job.ts'
import { findSourceKey } from '#jobs/source-key.ts'
import type { Parts } from './parts.ts'

/** What of a job's inputs a runner asks for (runner protocol 1.6). */
export type InputName =
  | { readonly kind: 'video' | 'audio' | 'thumbnail' }
  | { readonly kind: 'task-file'; readonly filename: string }

/**
 * The storage key of an input. Pictures and sound are the source's, never those of an earlier
 * rendition (WD22), in the container that can be read exactly; but where sound was merged with a
 * picture, what follows is made from that.
 *
 * @throws ReelmillError `invalid_request` for a file that is none of the job's tasks';
 * `source_not_found` for a thumbnail or a merged film where there is none.
 */
export async function locateInput(parts: Parts, job: JobRow, input: InputName): Promise<string> {
  switch (input.kind) {
    case 'video':
    case 'audio':
      return job.private_payload['madeFrom'] === undefined
        ? findSourceKey(parts.database, job.version_id)
        : findMerged(parts, job)
    case 'thumbnail':
      return locateText(job, 'previewKey')
    case 'task-file':
      return locateTaskFile(job, input.filename)
  }
}

/** The file of the rendition that the job's plan names. */
async function findMerged({ database }: Parts, job: JobRow): Promise<string> {
  const file = await database
    .selectFrom('files')
    .innerJoin('versions', 'versions.id', 'files.version_id')
    .select(['versions.prefix', 'files.path'])
    .where('version_id', '=', job.version_id)
    .where('kind', '=', 'web-video')
    .where(sql<boolean>`facts->>'name' = ${job.private_payload['madeFrom']}`)
    .executeTakeFirst()
  if (!file) throw new ReelmillError('source_not_found', 'The film that it is made from is gone.')
  return file.prefix + file.path
}

function locateText({ private_payload }: JobRow, name: string): string {
  const key = private_payload[name]
  if (typeof key === 'string') return key
  throw new ReelmillError('source_not_found', 'The job has no such input.')
}

function locateTaskFile({ private_payload }: JobRow, filename: string): string {
  const files = private_payload['taskFiles']
  const key =
    typeof files === 'object' && files !== null && Object.hasOwn(files, filename)
      ? (files as Record<string, unknown>)[filename]
      : undefined
  if (typeof key === 'string') return key
  throw new ReelmillError('invalid_request', 'The job has no task with such a file.')
}
