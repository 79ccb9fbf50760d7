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
  readonly updatedAt: Date
  readonly revokedAt: Date | null
}

/** A token that was just made; the token itself is not kept: show it at once. */
export interface CreatedRegistrationToken {
  readonly id: number
  readonly token: string
  readonly createdAt: Date
}

/** Makes a token with which any number of runners may register. */
export async function createRegistrationToken(
  database: Kysely<Tables>,
): Promise<CreatedRegistrationToken> {
  const token = mintToken('registration')
  const { id, createdAt } = await database
    .insertInto('registration_tokens')
    .values({ token_hash: hashToken(token), hint: hintOf(token) })
    .returning(['id', 'created_at as createdAt'])
    .executeTakeFirstOrThrow()
  return { id, token, createdAt }
}

interface Page {
  readonly offset?: number
  readonly limit?: number
  readonly oldestFirst?: boolean
  readonly revokedToo: boolean
}

/** Registration tokens, the newest first unless said otherwise, with how many there are in all. */
export async function listRegistrationTokens(
  database: Kysely<Tables>,
  { offset = 0, limit = 1000, oldestFirst = false, revokedToo }: Page,
): Promise<{ total: number; tokens: RegistrationTokenView[] }> {
  const direction = oldestFirst ? 'asc' : 'desc'
  const fitting = database
    .selectFrom('registration_tokens')
    .$if(!revokedToo, (tokens) => tokens.where('revoked_at', 'is', null))
  const counted = fitting.select(({ fn }) => fn.countAll<number>().as('total'))
  const { total } = await counted.executeTakeFirstOrThrow()
  const tokens = await fitting
    .select([
      'id',
      'hint',
      'created_at as createdAt',
      'updated_at as updatedAt',
      'revoked_at as revokedAt',
      sql<number>`(select count(*)::int from runners
                    where registration_token_id = registration_tokens.id)`.as('runners'),
    ])
    .orderBy('created_at', direction)
    .orderBy('id', direction)
    .offset(offset)
    .limit(limit)
    .execute()
  return { total, tokens }
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
