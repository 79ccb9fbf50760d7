import { type Kysely, sql } from 'kysely'
import type { RunnerState, Tables } from '#database/tables.ts'
import { ReelmillError } from '#errors/reelmill-error.ts'

/** What an operator may say of a runner; being set aside is the policy's to say (standing.ts). */
export const operatorStates = ['active', 'draining', 'disabled'] as const satisfies RunnerState[]

export interface StateChange {
  readonly state: (typeof operatorStates)[number]
  /** For people. */
  readonly reason?: string | undefined
}

/**
 * Writes an operator's word into a runner's row; what was held against it before is forgotten. The
 * jobs of one that is disabled are the caller's to release.
 *
 * @returns its name.
 * @throws ReelmillError `runner_not_found`.
 */
export async function changeRunnerState(
  database: Kysely<Tables>,
  runnerId: number,
  { state, reason }: StateChange,
): Promise<string> {
  const row = await database
    .updateTable('runners')
    .set({
      state,
      state_reason: reason ?? null,
      state_since: sql`now()`,
      quick_failures: 0,
      set_asides: 0,
      trial_at: null,
      updated_at: sql`now()`,
    })
    .where('id', '=', runnerId)
    .returning('name')
    .executeTakeFirst()
  if (!row) throw new ReelmillError('runner_not_found')
  return row.name
}
