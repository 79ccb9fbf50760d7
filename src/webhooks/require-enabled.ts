import type { Kysely } from 'kysely'
import type { Tables } from '#database/tables.ts'
import { ReelmillError } from '#errors/reelmill-error.ts'
import { getEndpoint } from './endpoint.ts'

/** Fails with `webhook_not_found`, `webhook_disabled`. */
export async function requireEnabled(database: Kysely<Tables>, id: string): Promise<void> {
  const { enabled } = await getEndpoint(database, id)
  if (!enabled) throw new ReelmillError('webhook_disabled', 'Enable the webhook first.')
}
