import { sql, type Transaction } from 'kysely'
import type { Tables } from '#database/tables.ts'
import { ReelmillError } from '#errors/reelmill-error.ts'
import { releaseChildren } from './children.ts'
import type { JobRow } from './job.ts'

/**
 * processing or completing → completed, of a job that `tx` has locked; its children become pending
 * (runner protocol 3.2). Its token stays good, so that a success whose answer was lost can be told
 * again (8.1, 7).
 */
export async function succeedJob(
  tx: Transaction<Tables>,
  job: JobRow,
  { cpuSeconds }: { readonly cpuSeconds: number | null },
): Promise<void> {
  const { numUpdatedRows } = await tx
    .updateTable('jobs')
    .set({
      state: 'completed',
      progress: 1,
      cpu_seconds: cpuSeconds,
      result: null,
      lease_expires_at: null,
      finished_at: sql`now()`,
      updated_at: sql`now()`,
    })
    .where('id', '=', job.id)
    .where('state', 'in', ['processing', 'completing'])
    .where('job_token_hash', '=', job.job_token_hash)
    .executeTakeFirst()
  if (numUpdatedRows === 0n) throw new ReelmillError('runner_job_not_in_processing_state')
  await releaseChildren(tx, job.id)
}
