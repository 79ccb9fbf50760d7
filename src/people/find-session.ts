import { type Kysely, sql } from 'kysely'
import type { Tables } from '#database/tables.ts'
import { hashSecret } from './key-secret.ts'
import type { Principal } from './principal.ts'

/** When sessions end by themselves, in seconds: after the last call, and after their start. */
export interface SessionLimits {
  readonly idleSeconds: number
  readonly maxSeconds: number
}

/** A session that goes on. */
export interface FoundSession {
  readonly id: string
  readonly principal: Principal
}

/**
 * Whose session a token is; null where there is none, it ended, or its user is disabled. It is
 * renewed by this, at most once a minute, or more often where sessions are short.
 */
export async function findSession(
  database: Kysely<Tables>,
  token: string,
  { idleSeconds, maxSeconds }: SessionLimits,
): Promise<FoundSession | null> {
  const renewSeconds = Math.min(60, Math.floor(idleSeconds / 10))
  const isStale = sql<boolean>`seen_at < now() - make_interval(secs => ${renewSeconds})`
  const found = await database
    .selectFrom('sessions')
    .innerJoin('users', 'users.id', 'sessions.user_id')
    .select(['sessions.id', 'users.id as userId', 'users.role', isStale.as('isStale')])
    .where('token_hash', '=', hashSecret(token))
    .where('users.disabled_at', 'is', null)
    .where(sql<boolean>`seen_at > now() - make_interval(secs => ${idleSeconds})`)
    .where(sql<boolean>`sessions.created_at > now() - make_interval(secs => ${maxSeconds})`)
    .executeTakeFirst()
  if (!found) return null
  const { id, userId, role } = found
  if (found.isStale) {
    const renewed = database.updateTable('sessions').set({ seen_at: sql<Date>`now()` })
    await renewed.where('id', '=', id).where(isStale).execute()
  }
  return { id, principal: { kind: 'user', userId, role, scopes: null, label: `user:${userId}` } }
}
