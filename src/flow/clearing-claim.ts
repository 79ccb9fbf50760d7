import { type Kysely, sql } from 'kysely'
import type { Tables } from '#database/tables.ts'
import type { Parts } from './parts.ts'

/** Whoever began to clear and has not said so again by then is dead. */
export const clearingMinutes = 15
const renewEveryMs = 60_000
/** Without the database nobody knows whose the claim is; given up while it is ours for sure. */
const sureMs = (clearingMinutes - 2) * 60_000

/** A version whose files are being removed, and since when, as its row says. */
export interface ClearingClaim {
  readonly id: string
  /** As text: a Date has no microseconds, and the claim is recognised by them. */
  readonly claim: string
}

/**
 * Does work under a claim, which is renewed for as long as it takes: a storage that hangs must not
 * remove files of a version that another process cleared and somebody took up again. `lost` is
 * aborted once the claim is another's, or may be.
 *
 * @returns the claim as it is by then.
 */
export async function whileClaimed(
  { database, log }: Pick<Parts, 'database' | 'log'>,
  { id, claim }: ClearingClaim,
  work: (lost: AbortSignal) => Promise<void>,
): Promise<ClearingClaim> {
  const lost = new AbortController()
  let held = claim
  let heldAtMs = Date.now()
  const renew = async (): Promise<void> => {
    const askedAtMs = Date.now()
    const next = await renewClaim(database, { id, claim: held })
    if (next === null) return lost.abort()
    held = next
    heldAtMs = askedAtMs
  }
  let isRenewing = false
  let renewed = Promise.resolve()
  const timer = setInterval(() => {
    // While the database hangs, an answer may not come for long.
    if (Date.now() - heldAtMs > sureMs) lost.abort()
    // One at a time: the second would find the claim of the first, and take it for another's.
    if (isRenewing) return
    isRenewing = true
    renewed = renew()
      .catch((err: unknown) => log.warn({ err, version: id }, 'a claim was not renewed'))
      .finally(() => {
        isRenewing = false
      })
  }, renewEveryMs)
  timer.unref()
  try {
    await work(lost.signal)
  } finally {
    clearInterval(timer)
    await renewed
  }
  return { id, claim: held }
}

/** The claim as it is now; null when it is another's. */
async function renewClaim(
  database: Kysely<Tables>,
  { id, claim }: ClearingClaim,
): Promise<string | null> {
  const renewed = await database
    .updateTable('versions')
    .set({ clearing_since: sql<Date>`now()` })
    .where('id', '=', id)
    .where('clearing_since', '=', sql<Date>`${claim}::timestamptz`)
    .returning(sql<string>`clearing_since::text`.as('claim'))
    .executeTakeFirst()
  return renewed?.claim ?? null
}
