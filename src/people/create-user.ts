import { randomUUID } from 'node:crypto'
import { type Kysely, sql } from 'kysely'
import type { Role } from '#database/people-tables.ts'
import type { Tables } from '#database/tables.ts'
import { ReelmillError } from '#errors/reelmill-error.ts'
import { hashPassword } from './password.ts'
import { type UserView, userColumns } from './user-view.ts'

/** Somebody who is to log in. */
export interface NewUser {
  readonly name: string
  readonly role: Role
  readonly password: string
}

/** Makes a user. Fails with `user_name_taken`: names are told apart without regard to case. */
export async function createUser(
  database: Kysely<Tables>,
  { name, role, password }: NewUser,
): Promise<UserView> {
  const user = await database
    .insertInto('users')
    .values({ id: randomUUID(), name, role, password_hash: await hashPassword(password) })
    .onConflict((conflict) => conflict.expression(sql`lower(name)`).doNothing())
    .returning(userColumns)
    .executeTakeFirst()
  if (!user) throw new ReelmillError('user_name_taken')
  return user
}
