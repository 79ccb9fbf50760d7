import { type Kysely, sql } from 'kysely'
import type { Tables } from '#database/tables.ts'
import type { RunnerRow } from './runner.ts'
import { hashToken } from './tokens.ts'

const everyMs = 30_000

/** False where a note would change nothing, so that who has the row at hand need not try. */
export function isTouchDue({ last_contact_at }: Pick<RunnerRow, 'last_contact_at'>, now: Date) {
  return now.getTime() - last_contact_at.getTime() > everyMs
}

/**
 * Notes that a runner was heard of, and from where. Written at most every 30 s per runner, as
 * hundreds of calls a second must not become hundreds of writes (runner protocol 1.3; D-61). An
 * unknown token changes nothing.
 */
export async function touchRunner(
  database: Kysely<Tables>,
  runnerToken: string,
  ip: string,
): Promise<void> {
  await database
    .updateTable('runners')
    .set({ last_contact_at: sql`now()`, ip })
    .where('token_hash', '=', hashToken(runnerToken))
    .where('last_contact_at', '<', sql<Date>`now() - make_interval(secs => ${everyMs / 1000})`)
    .execute()
}
