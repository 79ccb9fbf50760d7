import { sql, type Transaction } from 'kysely'
import { notify } from '#database/notifications.ts'
import type { Tables } from '#database/tables.ts'
import { putBack } from './put-back.ts'

/**
 * processing → pending for jobs without a runner. Removing a runner's row leaves such a job when it
 * was accepted after the runner's others were released: to be called after, in the same transaction
 * (WD16). One that somebody else has locked is left to him, or to the end of its lease: `tx` holds
 * others, and waits for none.
 */
export async function releaseOrphans(tx: Transaction<Tables>): Promise<void> {
  const { numUpdatedRows } = await tx
    .updateTable('jobs')
    .set(putBack)
    .where(
      sql<boolean>`id in (select id from jobs where runner_id is null and state = 'processing'
                             for update skip locked)`,
    )
    .executeTakeFirst()
  if (numUpdatedRows > 0n) await notify(tx, 'jobs', {})
}
