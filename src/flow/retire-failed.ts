import { type Kysely, sql, type Transaction } from 'kysely'
import type { Tables } from '#database/tables.ts'
import { ReelmillError } from '#errors/reelmill-error.ts'
import { refuseStopped } from '#storage/refuse-stopped.ts'
import { type ClearingClaim, clearingMinutes, whileClaimed } from './clearing-claim.ts'
import { dropEarlyWork } from './early/drop-early-work.ts'
import type { Parts } from './parts.ts'

/** So many in one sweep. */
const mostAtOnce = 20

/**
 * Lets go of what was made of versions that failed or were cancelled and that nobody took up again for
 * FAILED_KEPT_DAYS: segments, jobs, the readable copy. The source stays, and with it `retry`, which
 * then begins anew.
 *
 * A version is claimed first, so that no retry writes into a folder that is being removed, and no
 * transaction waits for the storage. Its rows go when its files are gone; cut off, it is done again,
 * whatever the setting is by then: nobody can take the version up before.
 */
export async function retireFailed(parts: Parts): Promise<void> {
  const { failedKeptDays } = parts.config
  for (let count = 0; count < mostAtOnce; count++) {
    const version = await claimNext(parts.database, failedKeptDays)
    if (!version) return
    const claim = await whileClaimed(parts, version, (lost) => removeWork(parts, version, lost))
    await parts.database.transaction().execute((tx) => forgetWork(tx, claim))
  }
}

/**
 * To be called by whoever takes up a version that failed or was cancelled; `tx` holds its row.
 *
 * @throws ReelmillError `video_state_conflict` while its files are being removed.
 */
export async function refuseWhileClearing(
  tx: Transaction<Tables>,
  versionId: string,
): Promise<void> {
  const version = await tx
    .selectFrom('versions')
    .select('clearing_since')
    .where('id', '=', versionId)
    .executeTakeFirst()
  if (!version?.clearing_since) return
  throw new ReelmillError(
    'video_state_conflict',
    'What was made of the video before is just being removed. Try again in some minutes.',
  )
}

type Claimed = NonNullable<Awaited<ReturnType<typeof claimNext>>>

/**
 * Of those that were begun, or ended so many days ago (0: of these none). None whose folder is another
 * version's too, as with a profile that names no version in its prefix, or lies in one, or holds one.
 *
 * In no order, so that the database stops at the first: whether folders lie in each other is compared
 * with every version there is.
 */
function claimNext(database: Kysely<Tables>, days: number) {
  return database
    .with('next', (query) =>
      query
        .selectFrom('versions')
        .select('id')
        .where('state', 'in', ['failed', 'cancelled'])
        .where('plan', 'is not', null)
        .where(
          sql<boolean>`(clearing_since is not null
            or (${days}::int > 0 and updated_at < now() - make_interval(days => ${days}::int)))`,
        )
        .where(
          sql<boolean>`coalesce(clearing_since < now() - make_interval(mins => ${clearingMinutes}), true)`,
        )
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
        .where(
          sql<boolean>`not exists (
            select from versions as near where near.id <> versions.id
              and (starts_with(near.prefix, versions.prefix) or starts_with(versions.prefix, near.prefix)))`,
        )
        .limit(1)
        .forUpdate()
        .skipLocked(),
    )
    .updateTable('versions')
    .from('next')
    .whereRef('versions.id', '=', 'next.id')
    .set({ clearing_since: sql<Date>`now()` })
    .returning([
      'versions.id',
      'versions.prefix',
      'versions.readable_key',
      // As text: a Date has no microseconds, and the claim is recognised by them.
      sql<string>`versions.clearing_since::text`.as('claim'),
    ])
    .executeTakeFirst()
}

async function removeWork(
  { storage }: Pick<Parts, 'storage'>,
  { prefix, readable_key }: Claimed,
  lost: AbortSignal,
): Promise<void> {
  await storage.deleteAll(prefix, lost)
  refuseStopped(lost, prefix)
  if (readable_key !== null) await storage.delete(readable_key)
}

/** Nothing when another process has claimed it since, for being quicker. */
async function forgetWork(tx: Transaction<Tables>, { id, claim }: ClearingClaim): Promise<void> {
  const updated = await tx
    .updateTable('versions')
    .set({ plan: null, media: null, readable_key: null, clearing_since: null })
    .where('id', '=', id)
    .where('clearing_since', '=', sql<Date>`${claim}::timestamptz`)
    .executeTakeFirst()
  if (updated.numUpdatedRows > 0n) await dropEarlyWork(tx, id)
}
