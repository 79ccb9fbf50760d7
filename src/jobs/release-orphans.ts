import type { Transaction } from 'kysely'
import { notify } from '#database/notifications.ts'
import type { Tables } from '#database/tables.ts'
import { putBack } from './put-back.ts'

/**
 * processing → pending for jobs without a runner. Removing a runner's row leaves such a job when it
 * was accepted after the runner's others were released: to be called after, in the same transaction
 * (WD16).
 */
export async function releaseOrphans(tx: Transaction<Tables>): Promise<void> {
  const { numUpdatedRows } = await tx
    .updateTable('jobs')
    .set(putBack)
    .where('runner_id', 'is', null)
    .where('state', '=', 'processing')
    .executeTakeFirst()
  if (numUpdatedRows > 0n) await notify(tx, 'jobs', {})
}
