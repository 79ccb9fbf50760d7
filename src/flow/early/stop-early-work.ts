import { sql, type Transaction } from 'kysely'
import type { Tables } from '#database/tables.ts'

/**
 * Gives nothing more of a version out early; what was given out stays until the whole is planned.
 * False when it is not waiting for bytes any more. `tx` holds the version's row, or takes it.
 */
export async function stopEarlyWork(
  tx: Transaction<Tables>,
  versionId: string,
  reason: string,
): Promise<boolean> {
  const stopped = JSON.stringify(reason)
  const { numUpdatedRows } = await tx
    .updateTable('versions')
    .set({ plan: sql<string>`jsonb_set(plan, '{early,stopped}', ${stopped}::jsonb)` })
    .where('id', '=', versionId)
    .where('state', '=', 'uploading')
    .executeTakeFirst()
  return numUpdatedRows > 0n
}
