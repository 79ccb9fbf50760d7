import type { Selectable } from 'kysely'
import type { PeopleTables, Role } from '#database/people-tables.ts'
import type { Scope } from './scopes.ts'

/** A key as administrators see it; of the key itself only the end is known. */
export interface KeyView {
  readonly id: string
  readonly name: string
  readonly hint: string
  readonly role: Role
  readonly scopes: readonly Scope[] | null
  readonly userId: string | null
  readonly expiresAt: Date | null
  /** To the minute. */
  readonly lastUsedAt: Date | null
  readonly revokedAt: Date | null
  readonly createdAt: Date
}

/** The columns of a KeyView. */
export const keyColumns = [
  'id',
  'name',
  'hint',
  'role',
  'scopes',
  'user_id',
  'expires_at',
  'last_used_at',
  'revoked_at',
  'created_at',
] as const

type KeyRow = Pick<Selectable<PeopleTables['api_keys']>, (typeof keyColumns)[number]>

/** The row as people see it. */
export function toKeyView(row: KeyRow): KeyView {
  const { id, name, hint, role, scopes, user_id, expires_at, last_used_at } = row
  return {
    ...{ id, name, hint, role },
    // Sound: nothing else is ever written there.
    scopes: scopes as readonly Scope[] | null,
    userId: user_id,
    expiresAt: expires_at,
    lastUsedAt: last_used_at,
    revokedAt: row.revoked_at,
    createdAt: row.created_at,
  }
}
