import { ReelmillError } from '#errors/reelmill-error.ts'
import type { JobRow } from '#jobs/job.ts'
import { findSourceKey } from '#jobs/source-key.ts'
import type { Parts } from './parts.ts'

/** What of a job's inputs a runner asks for (runner protocol 1.6). */
export type InputName =
  | { readonly kind: 'video' | 'audio' | 'thumbnail' }
  | { readonly kind: 'task-file'; readonly filename: string }

/**
 * The storage key of an input. Pictures and sound are always the source's, never those of an earlier
 * rendition (WD22), in the container that can be read exactly.
 *
 * @throws ReelmillError `invalid_request` for a file that is none of the job's tasks';
 * `source_not_found` for a thumbnail where there is none.
 */
export async function locateInput(parts: Parts, job: JobRow, input: InputName): Promise<string> {
  switch (input.kind) {
    case 'video':
    case 'audio':
      return findSourceKey(parts.database, job.version_id)
    case 'thumbnail':
      return locateText(job, 'previewKey')
    case 'task-file':
      return locateTaskFile(job, input.filename)
  }
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
