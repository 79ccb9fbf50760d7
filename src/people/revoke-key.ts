import { type Kysely, sql } from 'kysely'
import type { Tables } from '#database/tables.ts'
import { ReelmillError } from '#errors/reelmill-error.ts'
import { hashSecret, isKey } from './key-secret.ts'

/** Ends a key, given by its id or whole. Fails with `key_not_found`, also when it was ended before. */
export async function revokeKey(database: Kysely<Tables>, idOrKey: string): Promise<void> {
  const isId = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(idOrKey)
  if (!isId && !isKey(idOrKey)) throw new ReelmillError('key_not_found')
  const { numUpdatedRows } = await database
    .updateTable('api_keys')
    .set({ revoked_at: sql<Date>`now()` })
    .where('revoked_at', 'is', null)
    .$if(isId, (update) => update.where('id', '=', idOrKey))
    .$if(!isId, (update) => update.where('key_hash', '=', hashSecret(idOrKey)))
    .executeTakeFirst()
  if (numUpdatedRows === 0n) throw new ReelmillError('key_not_found')
}
