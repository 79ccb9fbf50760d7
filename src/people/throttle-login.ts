import { createHash } from 'node:crypto'
import { type Kysely, sql } from 'kysely'
import type { Tables } from '#database/tables.ts'

/** Who tries to log in: as whom, and from where. */
export interface LoginAttempt {
  readonly name: string
  /** An address, or the network that one customer has. */
  readonly address: string
}

interface Subject {
  readonly key: string
  /** Failures that cost no time. */
  readonly free: number
  /** Longest delay; short for a name, for whoever guesses keeps its owner waiting too. */
  readonly mostSeconds: number
}

/** After this long without a failure all is forgotten. */
const memorySeconds = 3600

/**
 * Counts an attempt before the password is looked at, so that many at once are many. Beyond the free
 * ones each must wait twice as long as the one before. All servers count together.
 *
 * @returns null, or when to come again at the earliest.
 */
export async function throttleLogin(
  database: Kysely<Tables>,
  attempt: LoginAttempt,
): Promise<Date | null> {
  return database.transaction().execute(async (tx) => {
    const [name, address] = subjectsOf(attempt)
    // Everybody in this order. Whoever is blocked by the address writes no row for each name.
    for (const { key } of [address, name]) {
      const until = await lockSubject(tx, key)
      if (until) return until
    }
    for (const subject of [address, name]) await count(tx, subject)
    return null
  })
}

/** Until when it is blocked; null: it is not. Others who count it wait until `tx` ends. */
async function lockSubject(tx: Kysely<Tables>, subject: string): Promise<Date | null> {
  // There must be a row to lock, or the first of many at once would not wait for each other.
  await tx
    .insertInto('login_throttles')
    .values({ subject, failures: 0, retry_at: new Date(0) })
    .onConflict((conflict) => conflict.column('subject').doNothing())
    .execute()
  const block = await tx
    .selectFrom('login_throttles')
    .select(['retry_at as until', sql<boolean>`retry_at > now()`.as('lasts')])
    .where('subject', '=', subject)
    .forUpdate()
    .executeTakeFirst()
  // None where somebody with the same name got in at this moment.
  return block?.lasts ? block.until : null
}

/** Takes back what an attempt that succeeded was counted for; the name's failures are forgotten. */
export async function forgiveLogin(database: Kysely<Tables>, attempt: LoginAttempt): Promise<void> {
  const [name, address] = subjectsOf(attempt)
  await database.deleteFrom('login_throttles').where('subject', '=', name.key).execute()
  await database
    .updateTable('login_throttles')
    .set({ failures: sql<number>`greatest(failures - 1, 0)`, retry_at: sql<Date>`now()` })
    .where('subject', '=', address.key)
    .execute()
}

/** A hash, for a name that was typed may be a password. */
function subjectsOf({ name, address }: LoginAttempt): readonly [Subject, Subject] {
  const hash = (text: string) => createHash('sha256').update(text).digest('base64url')
  const typed = name.normalize('NFKC').toLowerCase()
  return [
    { key: `name:${hash(typed)}`, free: 5, mostSeconds: 30 },
    { key: `from:${hash(address)}`, free: 20, mostSeconds: 900 },
  ]
}

async function count(tx: Kysely<Tables>, { key, free, mostSeconds }: Subject): Promise<void> {
  const isOld = sql<boolean>`t.last_failed_at < now() - make_interval(secs => ${memorySeconds})`
  const failures = sql<number>`case when ${isOld} then 1 else t.failures + 1 end`
  const wait = sql`make_interval(secs => case when ${failures} <= ${free}::int then 0
    else least(${mostSeconds}::float8, power(2, least(${failures} - ${free}::int - 1, 20))) end)`
  await sql`
    update login_throttles as t
    set failures = ${failures}, retry_at = now() + ${wait}, last_failed_at = now()
    where subject = ${key}
  `.execute(tx)
}
