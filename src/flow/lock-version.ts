import type { Transaction } from 'kysely'
import type { Tables } from '#database/tables.ts'

/**
 * Takes the version's row for this transaction. Whoever settles jobs takes it first, before the
 * job's own row, so that no two wait for each other, and so that of two last jobs exactly one sees
 * that it was the last. The row's key stays free: handing in, which holds the job, refers to it.
 */
export async function lockVersion(tx: Transaction<Tables>, versionId: string): Promise<void> {
  await tx
    .selectFrom('versions')
    .select('id')
    .where('id', '=', versionId)
    .forNoKeyUpdate()
    .executeTakeFirst()
}
