import { sql, type Transaction } from 'kysely'
import type { Tables } from '#database/tables.ts'

/**
 * pending, processing, waiting_for_parent → cancelled for every job of a version (runner protocol
 * 3.2). Runners that hold one learn it from the 404 to their next call. `tx` holds the version's
 * row. Returns how many there were.
 */
export async function cancelJobs(tx: Transaction<Tables>, versionId: string): Promise<number> {
  const { numUpdatedRows } = await tx
    .updateTable('jobs')
    .set({
      state: 'cancelled',
      job_token_hash: null,
      lease_expires_at: null,
      finished_at: sql`now()`,
      updated_at: sql`now()`,
    })
    .where('version_id', '=', versionId)
    .where('state', 'in', ['pending', 'processing', 'waiting_for_parent'])
    .executeTakeFirst()
  return Number(numUpdatedRows)
}
