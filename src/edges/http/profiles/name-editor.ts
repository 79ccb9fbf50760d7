import type { Kysely } from 'kysely'
import type { Tables } from '#database/tables.ts'
import type { Principal } from '#people/principal.ts'

const others: Readonly<Record<Principal['kind'], string>> = {
  machine: 'this machine',
  admin_key: 'ADMIN_KEY',
  api_key: 'an API key',
  user: 'a user',
}

/** What stands beside a change for those who ask later who made it. */
export async function nameEditor(
  database: Kysely<Tables>,
  { kind, userId }: Principal,
): Promise<string> {
  if (userId === null) return others[kind]
  const user = await database
    .selectFrom('users')
    .select('name')
    .where('id', '=', userId)
    .executeTakeFirst()
  return user?.name ?? others[kind]
}
