import { type Kysely, sql } from 'kysely'
import type { Tables } from '#database/tables.ts'
import { hashSecret } from './key-secret.ts'
import { lowerRole, type Principal } from './principal.ts'
import type { Scope } from './scopes.ts'

/**
 * Who holds a key; null where it is unknown, revoked, expired, or its user is disabled. A user's key
 * never has a higher role than the user. That it was used is written down at most once a minute.
 */
export async function findKeyHolder(
  database: Kysely<Tables>,
  key: string,
): Promise<Principal | null> {
  const found = await database
    .selectFrom('api_keys')
    .leftJoin('users', 'users.id', 'api_keys.user_id')
    .select(['api_keys.id', 'api_keys.role', 'api_keys.scopes', 'user_id as userId'])
    .select(['users.role as userRole', isStale.as('isStale')])
    .where('key_hash', '=', hashSecret(key))
    .where('revoked_at', 'is', null)
    .where(sql<boolean>`(expires_at is null or expires_at > now())`)
    .where('users.disabled_at', 'is', null)
    .executeTakeFirst()
  if (!found) return null
  const { id, role, scopes, userId, userRole } = found
  if (found.isStale) await noteUse(database, id)
  return {
    kind: 'api_key',
    userId,
    role: userRole === null ? role : lowerRole(role, userRole),
    // Sound: nothing else is ever written there.
    scopes: scopes as readonly Scope[] | null,
    label: `key:${id}`,
  }
}

const isStale = sql<boolean>`(last_used_at is null or last_used_at < now() - interval '1 minute')`

/** Of calls at the same time one writes. */
async function noteUse(database: Kysely<Tables>, id: string): Promise<void> {
  await database
    .updateTable('api_keys')
    .set({ last_used_at: sql<Date>`now()` })
    .where('id', '=', id)
    .where(isStale)
    .execute()
}
