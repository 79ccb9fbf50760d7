import { randomBytes } from 'node:crypto'
import type { Kysely } from 'kysely'
import type { Tables } from '#database/tables.ts'

const name = 'links'
const known = new WeakMap<Kysely<Tables>, Promise<Buffer>>()

/**
 * The key that the server's own links are signed with: made by the first server that needs it, kept in
 * the database, so that every server of one installation knows the links of the others.
 */
export function readLinkKey(database: Kysely<Tables>): Promise<Buffer> {
  const found = known.get(database)
  if (found) return found
  const reading = findOrMake(database)
  known.set(database, reading)
  // A database that was away for a moment must not be what is remembered.
  reading.catch(() => known.delete(database))
  return reading
}

async function findOrMake(database: Kysely<Tables>): Promise<Buffer> {
  await database
    .insertInto('secrets')
    .values({ name, value: randomBytes(32).toString('base64') })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
  const { value } = await database
    .selectFrom('secrets')
    .select('value')
    .where('name', '=', name)
    .executeTakeFirstOrThrow()
  return Buffer.from(value, 'base64')
}
