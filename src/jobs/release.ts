import type { Transaction } from 'kysely'
import { notify } from '#database/notifications.ts'
import type { Tables } from '#database/tables.ts'
import { putBack } from './put-back.ts'

/**
 * processing → pending for every job of a runner that leaves; no failure is counted (D-51, WD16).
 * Returns how many there were.
 */
export async function releaseJobs(tx: Transaction<Tables>, runnerId: number): Promise<number> {
  const { numUpdatedRows } = await tx
    .updateTable('jobs')
    .set(putBack)
    .where('runner_id', '=', runnerId)
    .where('state', '=', 'processing')
    .executeTakeFirst()
  if (numUpdatedRows > 0n) await notify(tx, 'jobs', {})
  return Number(numUpdatedRows)
}
