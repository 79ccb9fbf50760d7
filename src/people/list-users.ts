import type { Kysely } from 'kysely'
import type { Tables } from '#database/tables.ts'
import { ReelmillError } from '#errors/reelmill-error.ts'
import { type UserView, userColumns } from './user-view.ts'

/** More users than an installation of one team has; a list of all stays small. */
const most = 10_000

/** All users by name. */
export async function listUsers(database: Kysely<Tables>): Promise<UserView[]> {
  return database.selectFrom('users').select(userColumns).orderBy('name').limit(most).execute()
}

/** A user by id. Fails with `user_not_found`. */
export async function getUser(database: Kysely<Tables>, id: string): Promise<UserView> {
  const isId = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(id)
  const user = isId
    ? await database.selectFrom('users').select(userColumns).where('id', '=', id).executeTakeFirst()
    : undefined
  if (!user) throw new ReelmillError('user_not_found')
  return user
}
