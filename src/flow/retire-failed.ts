import { sql, type Transaction } from 'kysely'
import type { Tables } from '#database/tables.ts'
import { dropEarlyWork } from './early/drop-early-work.ts'
import type { Parts } from './parts.ts'

/** So many in one sweep: each removes a folder while nobody may take its version up again. */
const mostAtOnce = 20

/**
 * Lets go of what was made of versions that failed or were cancelled and that nobody took up again for
 * FAILED_KEPT_DAYS: segments, jobs, the readable copy. The source stays, and with it `retry`, which
 * then begins anew. A version goes in one transaction that holds its row, so no retry writes into a
 * folder that is being removed; cut off, it is done again.
 */
export async function retireFailed(parts: Parts): Promise<void> {
  const { failedKeptDays } = parts.config
  if (failedKeptDays === 0) return
  for (let count = 0; count < mostAtOnce; count++) {
    const isDone = await parts.database.transaction().execute(async (tx) => {
      const version = await lockNext(tx, failedKeptDays)
      if (!version) return true
      await parts.storage.deleteAll(version.prefix)
      if (version.readable_key !== null) await parts.storage.delete(version.readable_key)
      await dropEarlyWork(tx, version.id)
      await tx
        .updateTable('versions')
        .set({ plan: null, media: null, readable_key: null })
        .where('id', '=', version.id)
        .execute()
      return false
    })
    if (isDone) return
  }
}

/** None whose folder is another version's too, as with a profile that names no version in its prefix. */
function lockNext(tx: Transaction<Tables>, days: number) {
  return tx
    .selectFrom('versions')
    .select(['id', 'prefix', 'readable_key'])
    .where('state', 'in', ['failed', 'cancelled'])
    .where('plan', 'is not', null)
    .where('updated_at', '<', sql<Date>`now() - make_interval(days => ${days})`)
    .where((is) =>
      is.not(
        is.exists(
          is
            .selectFrom('versions as other')
            .select('other.id')
            .whereRef('other.prefix', '=', 'versions.prefix')
            .whereRef('other.id', '!=', 'versions.id'),
        ),
      ),
    )
    .orderBy('updated_at')
    .limit(1)
    .forUpdate()
    .skipLocked()
    .executeTakeFirst()
}
