import { type Kysely, type Selectable, sql } from 'kysely'
import type { Tables } from '#database/tables.ts'
import type { WebhookFormat } from '#database/webhook-tables.ts'
import { ReelmillError } from '#errors/reelmill-error.ts'
import { publicKeyOf, type SigningKind } from './signing-keys.ts'

/** Somebody who is told of events, as operators see it: everything but what it is signed with. */
export interface EndpointView {
  readonly id: string
  readonly url: string
  readonly description: string
  readonly format: WebhookFormat
  readonly events: readonly string[]
  readonly signing: SigningKind
  /** What receivers verify ed25519 signatures with, the newest first; none for HMAC. */
  readonly publicKeys: readonly string[]
  /** Until when the secret before this one is good too; null when there is none. */
  readonly oldSecretExpiresAt: string | null
  readonly enabled: boolean
  readonly disabledReason: string | null
  readonly disabledAt: string | null
  /** Of the first call that failed since the last that did not. */
  readonly failingSince: string | null
  readonly createdAt: string
  readonly updatedAt: string
}

interface SecretRow {
  readonly secret: string
  readonly expires_at: string | null
}

type Row = Selectable<Tables['webhook_endpoints']> & { readonly secrets: readonly SecretRow[] }

/** All endpoints, the oldest first. */
export async function listEndpoints(database: Kysely<Tables>): Promise<EndpointView[]> {
  const rows = await selectEndpoints(database).orderBy('created_at').orderBy('id').execute()
  return rows.map(toView)
}

/** Fails with `webhook_not_found`. */
export async function getEndpoint(database: Kysely<Tables>, id: string): Promise<EndpointView> {
  const row = await selectEndpoints(database).where('id', '=', id).executeTakeFirst()
  if (!row) throw new ReelmillError('webhook_not_found')
  return toView(row)
}

function selectEndpoints(database: Kysely<Tables>) {
  return database.selectFrom('webhook_endpoints').selectAll().select(validSecrets.as('secrets'))
}

/** The newest first. */
const validSecrets = sql<readonly SecretRow[]>`(
  select coalesce(json_agg(json_build_object('secret', secret, 'expires_at', expires_at)
                           order by id desc), '[]')
  from webhook_secrets
  where endpoint_id = webhook_endpoints.id and (expires_at is null or expires_at > now())
)`

function toView({ secrets, ...row }: Row): EndpointView {
  const [expiry = null] = secrets.flatMap(({ expires_at }) => expires_at ?? [])
  return {
    id: row.id,
    url: row.url,
    description: row.description,
    format: row.format,
    events: row.events,
    signing: row.signing,
    publicKeys: row.signing === 'hmac' ? [] : secrets.map(({ secret }) => publicKeyOf(secret)),
    oldSecretExpiresAt: expiry === null ? null : new Date(expiry).toISOString(),
    enabled: row.enabled,
    disabledReason: row.disabled_reason,
    disabledAt: row.disabled_at?.toISOString() ?? null,
    failingSince: row.failing_since?.toISOString() ?? null,
    createdAt: row.created_at.toISOString(),
    updatedAt: row.updated_at.toISOString(),
  }
}
