import { type Kysely, sql } from 'kysely'
import type { Tables } from '#database/tables.ts'
import type { ClaimedDelivery } from './claim-deliveries.ts'
import { readOwnSecret } from './own-secret.ts'

/** Where a delivery goes now, and what it is signed with. */
export interface Receiver {
  readonly url: string
  /** The newest first. */
  readonly secrets: readonly string[]
}

/** The receiver of a delivery; null when its endpoint is disabled or gone. */
export async function findReceiver(
  database: Kysely<Tables>,
  { endpointId, url }: Pick<ClaimedDelivery, 'endpointId' | 'url'>,
  ownSecret: string | null,
): Promise<Receiver | null> {
  if (endpointId === null) {
    return url === null ? null : { url, secrets: [await readOwnSecret(database, ownSecret)] }
  }
  const endpoint = await database
    .selectFrom('webhook_endpoints')
    .select('url')
    .where('id', '=', endpointId)
    .where('enabled', '=', true)
    .executeTakeFirst()
  if (!endpoint) return null
  const secrets = await database
    .selectFrom('webhook_secrets')
    .select('secret')
    .where('endpoint_id', '=', endpointId)
    .where(sql<boolean>`(expires_at is null or expires_at > now())`)
    .orderBy('id', 'desc')
    .execute()
  return { url: endpoint.url, secrets: secrets.map(({ secret }) => secret) }
}
