import type { Kysely } from 'kysely'
import type { Tables } from '#database/tables.ts'
import type { Principal } from './principal.ts'

/** Who that is, in words that people recognise, for what is written down of their doings. */
export async function namePrincipal(
  database: Kysely<Tables>,
  { kind, userId, label }: Principal,
): Promise<string> {
  if (kind === 'machine') return 'somebody on this machine'
  if (kind === 'admin_key') return 'ADMIN_KEY'
  if (kind === 'user') {
    const user = await database
      .selectFrom('users')
      .select('name')
      .where('id', '=', userId)
      .executeTakeFirst()
    return user?.name ?? label
  }
  const key = await database
    .selectFrom('api_keys')
    .select('name')
    .where('id', '=', label.replace(/^key:/, ''))
    .executeTakeFirst()
  return key ? `key ${key.name}` : label
}
