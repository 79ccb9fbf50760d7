import { sql, type Transaction } from 'kysely'
import type { Tables } from '#database/tables.ts'
import { ReelmillError } from '#errors/reelmill-error.ts'
import type { JobRow } from './job.ts'
import type { StagedResult } from './result.ts'

/**
 * processing → completing: the result is safe in the storage, and what is done with it is the
 * server's work. The token stays good, so that the same success can be told again (runner protocol
 * 3.2). The job must be locked by `tx`.
 */
export async function beginCompleting(
  tx: Transaction<Tables>,
  job: JobRow,
  result: StagedResult,
): Promise<void> {
  const { numUpdatedRows } = await tx
    .updateTable('jobs')
    .set({
      state: 'completing',
      result: JSON.stringify(result),
      lease_expires_at: null,
      updated_at: sql`now()`,
    })
    .where('id', '=', job.id)
    .where('state', '=', 'processing')
    .where('job_token_hash', '=', job.job_token_hash)
    .executeTakeFirst()
  if (numUpdatedRows === 0n) throw new ReelmillError('runner_job_not_in_processing_state')
}
