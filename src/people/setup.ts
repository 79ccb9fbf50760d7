import { randomBytes } from 'node:crypto'
import { type Kysely, sql } from 'kysely'
import type { Tables } from '#database/tables.ts'
import { createUser, type NewUser } from './create-user.ts'
import { hashSecret } from './key-secret.ts'
import type { UserView } from './user-view.ts'

/** How long a set-up link is good for: a server that starts makes a new one. */
const lifeHours = 24

/**
 * A token with which somebody can make the first administrator, once; null when there is one already.
 * Only its hash is kept. Those that other servers gave out stay good.
 */
export async function offerSetup(database: Kysely<Tables>): Promise<string | null> {
  if (await isAnyAdminThere(database)) return null
  const token = randomBytes(24).toString('base64url')
  await sql`
    delete from setup_tokens where created_at < now() - make_interval(hours => ${lifeHours})
  `.execute(database)
  await database
    .insertInto('setup_tokens')
    .values({ token_hash: hashSecret(token) })
    .execute()
  return token
}

/**
 * Makes the first administrator; null where the token is not good, or somebody was first.
 *
 * @throws ReelmillError `user_name_taken`.
 */
export async function finishSetup(
  database: Kysely<Tables>,
  token: string,
  person: Omit<NewUser, 'role'>,
): Promise<UserView | null> {
  return database.transaction().execute(async (tx) => {
    // One at a time: two with good tokens are not both the first.
    await sql`lock table setup_tokens in exclusive mode`.execute(tx)
    const { rows } = await sql`
      delete from setup_tokens
      where token_hash = ${hashSecret(token)}
        and created_at > now() - make_interval(hours => ${lifeHours})
      returning created_at
    `.execute(tx)
    if (rows.length === 0 || (await isAnyAdminThere(tx))) return null
    await tx.deleteFrom('setup_tokens').execute()
    return createUser(tx, { ...person, role: 'admin' })
  })
}

async function isAnyAdminThere(database: Kysely<Tables>): Promise<boolean> {
  const { rows } = await sql<{ readonly there: boolean }>`
    select exists (select from users where role = 'admin') as there
  `.execute(database)
  return rows[0]?.there ?? false
}
