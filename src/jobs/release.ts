import { sql, type Transaction } from 'kysely'
import { notify } from '#database/notifications.ts'
import type { Tables } from '#database/tables.ts'

/**
 * processing → pending for every job of a runner that leaves; no failure is counted (D-51, WD16).
 * Returns how many there were.
 */
export async function releaseJobs(tx: Transaction<Tables>, runnerId: number): Promise<number> {
  const { numUpdatedRows } = await tx
    .updateTable('jobs')
    .set({
      state: 'pending',
      runner_id: null,
      job_token_hash: null,
      lease_expires_at: null,
      started_at: null,
      progress: 0,
      updated_at: sql`now()`,
    })
    .where('runner_id', '=', runnerId)
    .where('state', '=', 'processing')
    .executeTakeFirst()
  if (numUpdatedRows > 0n) await notify(tx, 'jobs', {})
  return Number(numUpdatedRows)
}
