import type { Kysely } from 'kysely'
import type { Tables } from '#database/tables.ts'
import { hashToken, mintToken } from './tokens.ts'

/** Who the server's own runner is; `runnerToken` goes to its process by the environment. */
export interface LocalRunner {
  readonly id: number
  readonly runnerToken: string
}

/**
 * The runner of this name in the care of a server: made when it is not there, and always with a new
 * token, so that a process which outlived its server is locked out. A local runner may read sources
 * in place. The jobs that it held are the caller's to release.
 *
 * @throws Error when a runner of that name registered by itself.
 */
export async function admitLocalRunner(
  database: Kysely<Tables>,
  name: string,
  slots: number,
): Promise<LocalRunner> {
  const runnerToken = mintToken('runner')
  const token_hash = hashToken(runnerToken)
  const row = await database
    .insertInto('runners')
    .values({ name, slots, local: true, token_hash })
    .onConflict((conflict) =>
      conflict
        .column('name')
        .doUpdateSet({ slots, token_hash, updated_at: new Date() })
        .where('runners.local', '=', true),
    )
    .returning('id')
    .executeTakeFirst()
  if (!row) throw new Error(`the name ${name} is taken by a runner that registered by itself`)
  return { id: row.id, runnerToken }
}
