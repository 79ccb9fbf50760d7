import { type Kysely, sql } from 'kysely'
import type { Tables } from '#database/tables.ts'
import type { RunnerDescription, RunnerRow } from './runner.ts'

/** What a runner may say anew each time it asks for work. */
type Facts = Pick<RunnerDescription, 'version' | 'encoders' | 'slots'>

/**
 * Keeps what a runner says of itself while asking for work, when it differs from what is known;
 * what it does not say stays. Returns the row as it is then.
 */
export async function updateRunner(
  database: Kysely<Tables>,
  runner: RunnerRow,
  said: Facts,
): Promise<RunnerRow> {
  const version = said.version ?? runner.version
  const slots = said.slots ?? runner.slots
  const encoders = said.encoders ?? runner.encoders
  const known = JSON.stringify([runner.version, runner.slots, runner.encoders])
  if (JSON.stringify([version, slots, encoders]) === known) return runner
  await database
    .updateTable('runners')
    .set({ version, slots, encoders: encoders && JSON.stringify(encoders), updated_at: sql`now()` })
    .where('id', '=', runner.id)
    .execute()
  return { ...runner, version, slots, encoders }
}
