import type { Transaction } from 'kysely'
import { notify } from '#database/notifications.ts'
import type { Tables } from '#database/tables.ts'
import { ReelmillError } from '#errors/reelmill-error.ts'
import type { JobRow } from './job.ts'
import { putBack } from './put-back.ts'

/**
 * processing → pending because the runner gives it back; no failure is counted (runner protocol
 * 3.2; D-106). The job must be locked by `tx`.
 */
export async function abortJob(tx: Transaction<Tables>, job: JobRow): Promise<void> {
  const { numUpdatedRows } = await tx
    .updateTable('jobs')
    .set(putBack)
    .where('id', '=', job.id)
    .where('state', '=', 'processing')
    .where('job_token_hash', '=', job.job_token_hash)
    .executeTakeFirst()
  if (numUpdatedRows === 0n) throw new ReelmillError('runner_job_not_in_processing_state')
  await notify(tx, 'jobs', {})
}
