import { type Kysely, sql } from 'kysely'
import type { Tables } from '#database/tables.ts'
import { hashPassword, verifyPassword } from './password.ts'
import { startSession } from './start-session.ts'
import { forgiveLogin, throttleLogin } from './throttle-login.ts'

/** A name and a password, and where they came from. */
export interface Login {
  readonly name: string
  readonly password: string
  /** An address, or the network that one customer has. */
  readonly address: string
  readonly ip: string
  readonly agent: string | null
}

/** How it went. What was wrong is not told. */
export type LoginOutcome =
  | { readonly kind: 'welcome'; readonly token: string; readonly userId: string }
  | { readonly kind: 'wrong' }
  | { readonly kind: 'later'; readonly retryAt: Date }

/** Begins a session for who knows the password. The answer takes as long for names that nobody has. */
export async function logIn(database: Kysely<Tables>, login: Login): Promise<LoginOutcome> {
  const retryAt = await throttleLogin(database, login)
  if (retryAt) return { kind: 'later', retryAt }
  const user = await database
    .selectFrom('users')
    .select(['id', 'password_hash', 'disabled_at'])
    .where(sql<boolean>`lower(name) = lower(${login.name})`)
    .executeTakeFirst()
  const verdict = await verifyPassword(login.password, user?.password_hash ?? null)
  if (!user || !verdict.isRight || user.disabled_at) return { kind: 'wrong' }
  if (verdict.isOutdated) await renewHash(database, user, login.password)
  const token = await startSession(database, user, login)
  if (token === null) return { kind: 'wrong' }
  await forgiveLogin(database, login)
  return { kind: 'welcome', token, userId: user.id }
}

/** With today's strength (P-77), unless the password was changed meanwhile. */
async function renewHash(
  database: Kysely<Tables>,
  user: { readonly id: string; readonly password_hash: string },
  password: string,
): Promise<void> {
  await database
    .updateTable('users')
    .set({ password_hash: await hashPassword(password) })
    .where('id', '=', user.id)
    .where('password_hash', '=', user.password_hash)
    .execute()
}
