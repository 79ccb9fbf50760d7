import { type Kysely, sql, type Transaction } from 'kysely'
import type { Tables } from '#database/tables.ts'
import { ReelmillError } from '#errors/reelmill-error.ts'
import { findStored, type StoredProfile, toStored } from './stored-profile.ts'

/** A profile to be saved; `body` was validated. */
export interface NewVersion extends Pick<StoredProfile, 'name' | 'body' | 'note' | 'createdBy'> {
  /** The version that it was made from, 0 for that of a file; null: whatever holds. */
  readonly expected: number | null
}

/**
 * Saves a profile as its next version, which holds for all that is planned from now on. Two who save
 * at once get versions of their own, unless they say what they started from.
 *
 * @throws ReelmillError `precondition_failed` where another version than `expected` holds.
 */
export async function saveVersion(
  database: Kysely<Tables>,
  { name, body, note, createdBy, expected }: NewVersion,
): Promise<StoredProfile> {
  return database.transaction().execute(async (tx) => {
    await holdName(tx, name)
    await requireVersion(tx, name, expected)
    const row = await tx
      .insertInto('profiles')
      .values({
        name,
        // Deleted versions keep their numbers.
        version: sql<number>`(select coalesce(max(version), 0) + 1 from profiles where name = ${name})`,
        body,
        note,
        created_by: createdBy,
      })
      .returningAll()
      .executeTakeFirstOrThrow()
    return toStored(row)
  })
}

/**
 * Deletes a profile that was saved: from now on a file of its name holds, or there is none. Its
 * versions are kept. False where there was nothing to delete.
 *
 * @throws ReelmillError `precondition_failed` where another version than `expected` holds.
 */
export async function retireProfile(
  database: Kysely<Tables>,
  name: string,
  expected: number | null,
): Promise<boolean> {
  return database.transaction().execute(async (tx) => {
    await holdName(tx, name)
    await requireVersion(tx, name, expected)
    const { numUpdatedRows } = await tx
      .updateTable('profiles')
      .set({ retired_at: sql<Date>`now()` })
      .where('name', '=', name)
      .where('retired_at', 'is', null)
      .executeTakeFirst()
    return numUpdatedRows > 0n
  })
}

/** Whoever saves or deletes a profile waits for the other; no row may be there to be locked. */
async function holdName(tx: Transaction<Tables>, name: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`profile ${name}`}, 0))`.execute(tx)
}

async function requireVersion(
  tx: Transaction<Tables>,
  name: string,
  expected: number | null,
): Promise<void> {
  if (expected === null) return
  const current = (await findStored(tx, name))?.version ?? 0
  if (current === expected) return
  throw new ReelmillError(
    'precondition_failed',
    `Somebody saved the profile "${name}" in between: version ${current} holds now.`,
    { details: { version: current } },
  )
}
