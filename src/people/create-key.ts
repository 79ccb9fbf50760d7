import { randomUUID } from 'node:crypto'
import type { Kysely } from 'kysely'
import type { Role } from '#database/people-tables.ts'
import type { Tables } from '#database/tables.ts'
import { ReelmillError } from '#errors/reelmill-error.ts'
import { hashSecret, mintKey } from './key-secret.ts'
import { type KeyView, keyColumns, toKeyView } from './key-view.ts'
import type { Scope } from './scopes.ts'

/** A key that is to be made. */
export interface NewKey {
  readonly name: string
  readonly role: Role
  /** What of the role it may use; null: all of it. */
  readonly scopes: readonly Scope[] | null
  /** Whose it is; null: of no user. */
  readonly userId: string | null
  readonly expiresAt: Date | null
}

/**
 * Makes a key and returns it: it is not kept, so this is the one place where it can be shown.
 *
 * @throws ReelmillError `invalid_request` for an uploader's that is nobody's, `user_not_found`.
 */
export async function createKey(
  database: Kysely<Tables>,
  { name, role, scopes, userId, expiresAt }: NewKey,
): Promise<KeyView & { readonly key: string }> {
  if (role === 'uploader' && userId === null) {
    throw new ReelmillError(
      'invalid_request',
      "An uploader's key needs a user, for it may change that user's videos and no others.",
    )
  }
  const key = mintKey()
  const row = await database
    .insertInto('api_keys')
    .values({
      id: randomUUID(),
      name,
      role,
      key_hash: hashSecret(key),
      hint: key.slice(-4),
      scopes,
      user_id: userId,
      expires_at: expiresAt,
    })
    .returning(keyColumns)
    .executeTakeFirstOrThrow()
    .catch(refuseUnknownUser)
  return { ...toKeyView(row), key }
}

/** PostgreSQL's code for a row that refers to none. */
function refuseUnknownUser(error: unknown): never {
  const isUnknown = error instanceof Error && 'code' in error && error.code === '23503'
  throw isUnknown ? new ReelmillError('user_not_found', undefined, { cause: error }) : error
}
