import type { Kysely } from 'kysely'
import type { Tables } from '#database/tables.ts'
import { type KeyView, keyColumns, toKeyView } from './key-view.ts'

/** Keys from the newest to the oldest, at most a thousand; revoked ones only when asked for. */
export async function listKeys(
  database: Kysely<Tables>,
  { revokedToo }: { readonly revokedToo: boolean },
): Promise<KeyView[]> {
  const rows = await database
    .selectFrom('api_keys')
    .select(keyColumns)
    .$if(!revokedToo, (keys) => keys.where('revoked_at', 'is', null))
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .limit(1000)
    .execute()
  return rows.map(toKeyView)
}
