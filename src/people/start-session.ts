import { randomUUID } from 'node:crypto'
import { type Kysely, sql } from 'kysely'
import type { Tables } from '#database/tables.ts'
import { hashSecret } from './key-secret.ts'
import { mintSessionToken } from './session-token.ts'

/** Where a session begins. */
export interface SessionPlace {
  readonly ip: string
  readonly agent: string | null
}

/**
 * Begins a session of a user, under a name that nobody has had before, and returns its token, which
 * is not kept. Null where the user was disabled or deleted meanwhile.
 */
export async function startSession(
  database: Kysely<Tables>,
  { id }: { readonly id: string },
  { ip, agent }: SessionPlace,
): Promise<string | null> {
  const token = mintSessionToken()
  const { numAffectedRows } = await sql`
    insert into sessions (id, token_hash, user_id, ip, agent)
    select ${randomUUID()}, ${hashSecret(token)}, id, ${ip}, ${agent?.slice(0, 500) ?? null}
    from users where id = ${id} and disabled_at is null
    for share
  `.execute(database)
  return numAffectedRows === 1n ? token : null
}
