import { type Kysely, sql } from 'kysely'
import type { Tables } from '#database/tables.ts'
import { ReelmillError } from '#errors/reelmill-error.ts'
import { hashToken, hintOf, mintToken } from './tokens.ts'

/** A registration token as people see it; of the token itself only the end is known. */
export interface RegistrationTokenView {
  readonly id: number
  readonly hint: string
  /** Runners that registered with it and are still there. */
  readonly runners: number
  readonly createdAt: Date
  readonly revokedAt: Date | null
}

/** Makes a token with which any number of runners may register. Not kept: show it at once. */
export async function createRegistrationToken(
  database: Kysely<Tables>,
): Promise<{ id: number; token: string }> {
  const token = mintToken('registration')
  const { id } = await database
    .insertInto('registration_tokens')
    .values({ token_hash: hashToken(token), hint: hintOf(token) })
    .returning('id')
    .executeTakeFirstOrThrow()
  return { id, token }
}

/** All registration tokens, the oldest first, revoked ones too. */
export async function listRegistrationTokens(
  database: Kysely<Tables>,
): Promise<RegistrationTokenView[]> {
  return database
    .selectFrom('registration_tokens')
    .select([
      'id',
      'hint',
      'created_at as createdAt',
      'revoked_at as revokedAt',
      sql<number>`(select count(*)::int from runners
                    where registration_token_id = registration_tokens.id)`.as('runners'),
    ])
    .orderBy('id')
    .execute()
}

/**
 * Ends a registration token, given whole or by its id. Runners that registered with it stay (WD16).
 *
 * @throws ReelmillError `token_not_found` when there is none, or it was revoked before.
 */
export async function revokeRegistrationToken(
  database: Kysely<Tables>,
  tokenOrId: string,
): Promise<void> {
  const isId = /^\d{1,15}$/.test(tokenOrId)
  const { numUpdatedRows } = await database
    .updateTable('registration_tokens')
    .set({ revoked_at: sql`now()`, updated_at: sql`now()` })
    .where('revoked_at', 'is', null)
    .$if(isId, (update) => update.where('id', '=', Number(tokenOrId)))
    .$if(!isId, (update) => update.where('token_hash', '=', hashToken(tokenOrId)))
    .executeTakeFirst()
  if (numUpdatedRows === 0n) throw new ReelmillError('token_not_found')
}
