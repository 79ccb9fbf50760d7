import { type Kysely, sql } from 'kysely'
import type { Tables } from '#database/tables.ts'
import { type CreatedEndpoint, shownOf } from './create-endpoint.ts'
import { getEndpoint } from './endpoint.ts'
import { mintSecret } from './signing-keys.ts'

/**
 * Gives an endpoint a new secret. Calls are signed with both for `keepOldSeconds`, so that receivers
 * can change theirs whenever they like in that time.
 *
 * @throws ReelmillError `webhook_not_found`.
 */
export async function rotateSecret(
  database: Kysely<Tables>,
  id: string,
  keepOldSeconds: number,
): Promise<CreatedEndpoint> {
  const { signing } = await getEndpoint(database, id)
  const secret = mintSecret(signing)
  await database.transaction().execute(async (tx) => {
    // One rotation at a time, or two would both be without an end.
    await tx
      .updateTable('webhook_endpoints')
      .set({ updated_at: sql<Date>`now()` })
      .where('id', '=', id)
      .execute()
    await tx
      .updateTable('webhook_secrets')
      .set({ expires_at: sql<Date>`now() + make_interval(secs => ${keepOldSeconds})` })
      .where('endpoint_id', '=', id)
      .where('expires_at', 'is', null)
      .execute()
    await tx.insertInto('webhook_secrets').values({ endpoint_id: id, secret }).execute()
  })
  return { ...(await getEndpoint(database, id)), secret: shownOf(secret, signing) }
}
