import { createHash } from 'node:crypto'
import type { JobRow } from './job.ts'
import { stagingFolder } from './result.ts'

/**
 * Where the holder of a job puts a segment that the server has yet to look at. The folder follows
 * from the job token, so who held the job before has signed addresses of another.
 */
export function stagedSegmentKey(
  { uuid, job_token_hash: hash }: Pick<JobRow, 'uuid' | 'job_token_hash'>,
  track: string,
  number: number,
): string {
  const holder = createHash('sha256')
    .update('staged\0')
    .update(hash ?? '')
    .digest('hex')
  return `${stagingFolder(uuid, holder)}${track}/${number}.m4s`
}
