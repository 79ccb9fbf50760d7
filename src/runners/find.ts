import type { Kysely } from 'kysely'
import type { Tables } from '#database/tables.ts'
import { ReelmillError } from '#errors/reelmill-error.ts'
import type { RunnerRow } from './runner.ts'
import { hashToken } from './tokens.ts'

/**
 * The runner that holds a token.
 *
 * @throws ReelmillError `unknown_runner_token`, and only when the database said so: the genuine
 * runner forgets its server on that answer (runner protocol 1.1).
 */
export async function findRunner(
  database: Kysely<Tables>,
  runnerToken: string,
): Promise<RunnerRow> {
  const row = await database
    .selectFrom('runners')
    .selectAll()
    .where('token_hash', '=', hashToken(runnerToken))
    .executeTakeFirst()
  if (!row) throw new ReelmillError('unknown_runner_token')
  return row
}
