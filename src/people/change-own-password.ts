import type { Kysely } from 'kysely'
import type { Tables } from '#database/tables.ts'
import { type Login, type LoginOutcome, logIn } from './log-in.ts'
import { startSession } from './start-session.ts'
import { updateUser } from './update-user.ts'

/** The password that a user has, and the one to be; from where it is asked. */
export interface PasswordChange extends Omit<Login, 'name'> {
  readonly currentPassword: string
}

/**
 * Gives a user another password: the one before must be known, and guessing it is as slow as at the
 * login. All sessions end, and one begins anew.
 */
export async function changeOwnPassword(
  database: Kysely<Tables>,
  userId: string,
  { currentPassword, password, ...place }: PasswordChange,
): Promise<LoginOutcome> {
  const user = await database
    .selectFrom('users')
    .select('name')
    .where('id', '=', userId)
    .executeTakeFirst()
  if (!user) return { kind: 'wrong' }
  const proof = await logIn(database, { ...place, name: user.name, password: currentPassword })
  if (proof.kind !== 'welcome') return proof
  await updateUser(database, userId, { password })
  const token = await startSession(database, { id: userId }, place)
  return token === null ? { kind: 'wrong' } : { kind: 'welcome', token, userId }
}
