import type { Kysely } from 'kysely'
import type { Tables } from '#database/tables.ts'
import { ReelmillError } from '#errors/reelmill-error.ts'
import type { RunnerDescription } from './runner.ts'
import { hashToken, mintToken } from './tokens.ts'

interface Registration extends RunnerDescription {
  readonly registrationToken: string
  readonly ip: string
}

/** What a runner gets for registering; the token is not kept and cannot be shown again. */
export interface RegisteredRunner {
  readonly id: number
  readonly name: string
  readonly runnerToken: string
}

/**
 * Makes a runner of somebody who knows a registration token (runner protocol 1.3, call 1). The token
 * stays good for others.
 *
 * @throws ReelmillError `registration_token_invalid`, then `runner_name_taken`.
 */
export async function registerRunner(
  database: Kysely<Tables>,
  { registrationToken, ip, ...runner }: Registration,
): Promise<RegisteredRunner> {
  const registration = await database
    .selectFrom('registration_tokens')
    .select('id')
    .where('token_hash', '=', hashToken(registrationToken))
    .where('revoked_at', 'is', null)
    .executeTakeFirst()
  if (!registration) throw new ReelmillError('registration_token_invalid')
  const runnerToken = mintToken('runner')
  const row = await database
    .insertInto('runners')
    .values({
      name: runner.name,
      description: runner.description ?? null,
      version: runner.version ?? null,
      encoders: runner.encoders ? JSON.stringify(runner.encoders) : null,
      slots: runner.slots ?? 1,
      temporary: runner.temporary ?? false,
      ip,
      token_hash: hashToken(runnerToken),
      registration_token_id: registration.id,
    })
    .onConflict((conflict) => conflict.column('name').doNothing())
    .returning('id')
    .executeTakeFirst()
  if (!row) throw new ReelmillError('runner_name_taken')
  return { id: row.id, name: runner.name, runnerToken }
}
