import { randomUUID } from 'node:crypto'
import type { Kysely } from 'kysely'
import type { Tables } from '#database/tables.ts'
import type { WebhookFormat } from '#database/webhook-tables.ts'
import { ReelmillError } from '#errors/reelmill-error.ts'
import { type EndpointView, getEndpoint } from './endpoint.ts'
import { defaultEvents, eventsOfFormat } from './formats.ts'
import { isSecret, mintSecret, type SigningKind } from './signing-keys.ts'

/** What is said of a new endpoint. */
export interface NewEndpoint {
  readonly url: string
  readonly description?: string | undefined
  /** `standard` when left out. */
  readonly format?: WebhookFormat | undefined
  /** Those of the format that are told by default, when left out. */
  readonly events?: readonly string[] | undefined
  /** `hmac` when left out. */
  readonly signing?: SigningKind | undefined
  /** A `whsec_` that the receiver has already; a new one is made when left out. */
  readonly secret?: string | undefined
}

/** A new endpoint with what receivers verify with: a secret is shown this once. */
export interface CreatedEndpoint extends EndpointView {
  /** `whsec_…`; null for ed25519, whose private key never leaves the server. */
  readonly secret: string | null
}

/**
 * Makes an endpoint. Its address must have been checked (network/).
 *
 * @throws ReelmillError `invalid_request` for events that its format cannot tell, or a secret that
 * is none.
 */
export async function createEndpoint(
  database: Kysely<Tables>,
  wanted: NewEndpoint,
): Promise<CreatedEndpoint> {
  const { url, description = '', format = 'standard', signing = 'hmac' } = wanted
  const id = randomUUID()
  const events = wanted.events ?? defaultEvents(format)
  requireEvents(format, events)
  const secret = chooseSecret(signing, wanted.secret)
  await database.transaction().execute(async (tx) => {
    const values = { id, url, description, format, signing, events: [...new Set(events)] }
    await tx.insertInto('webhook_endpoints').values(values).execute()
    await tx.insertInto('webhook_secrets').values({ endpoint_id: id, secret }).execute()
  })
  return { ...(await getEndpoint(database, id)), secret: shownOf(secret, signing) }
}

/** Fails with `invalid_request` where a format cannot tell one of the events. */
export function requireEvents(format: WebhookFormat, events: readonly string[]): void {
  const possible: readonly string[] = eventsOfFormat(format)
  const strangers = events.filter((type) => !possible.includes(type))
  if (strangers.length === 0 && events.length > 0) return
  throw new ReelmillError(
    'invalid_request',
    `The events of the format ${format} are: ${possible.join(', ')}.`,
    { details: { events: strangers } },
  )
}

/** What is shown of a new secret, once: all of it, or nothing of a private key. */
export function shownOf(secret: string, signing: SigningKind): string | null {
  return signing === 'hmac' ? secret : null
}

function chooseSecret(signing: SigningKind, given: string | undefined): string {
  if (given === undefined) return mintSecret(signing)
  if (signing === 'hmac' && isSecret(given)) return given
  throw new ReelmillError(
    'invalid_request',
    'A secret is whsec_ and 24 to 64 bytes in base64; keys of ed25519 are made here.',
  )
}
