import { sql, type Transaction } from 'kysely'
import type { Tables } from '#database/tables.ts'
import type { Judgement, Standing } from './standing.ts'

/** A runner's standing, locked by a transaction. */
export interface LockedStanding extends Standing {
  readonly name: string
  /** On the database's clock, as `stateSince` and the jobs' times are. */
  readonly now: Date
}

/**
 * Locks a runner's row and reads its standing; null when it is gone, or another transaction has the
 * row: nobody waits for it, for whoever removes a runner holds it while he waits for its jobs. What
 * is missed so is one of many endings.
 */
export async function lockStanding(
  tx: Transaction<Tables>,
  runnerId: number,
): Promise<LockedStanding | null> {
  const row = await selectStanding(tx, runnerId).executeTakeFirst()
  return row ?? null
}

/** The same after a success, and null also when a success tells nothing new: by far the most do. */
export async function lockStandingToPraise(
  tx: Transaction<Tables>,
  runnerId: number,
  jobType: string,
): Promise<LockedStanding | null> {
  const row = await selectStanding(tx, runnerId)
    .where(
      sql<boolean>`(state = 'set_aside' or quick_failures > 0 or set_asides > 0
        or not exists (select 1 from runner_skills
                        where runner_id = runners.id and job_type = ${jobType}
                          and last_success_at > now() - interval '1 minute'))`,
    )
    .executeTakeFirst()
  return row ?? null
}

function selectStanding(tx: Transaction<Tables>, runnerId: number) {
  return tx
    .selectFrom('runners')
    .select([
      'name',
      'state',
      'state_since as stateSince',
      'quick_failures as quickFailures',
      'set_asides as setAsides',
      sql<Date>`now()`.as('now'),
    ])
    .where('id', '=', runnerId)
    .forNoKeyUpdate()
    .skipLocked()
}

/** Writes what became of a standing; `reason` says why, where the state is a new one. */
export async function writeStanding(
  tx: Transaction<Tables>,
  runnerId: number,
  { state, quickFailures, setAsides, pauseMs }: Judgement,
  reason: string | null,
): Promise<void> {
  const isNew = pauseMs !== null || reason !== null
  await tx
    .updateTable('runners')
    .set({
      state,
      quick_failures: quickFailures,
      set_asides: setAsides,
      trial_at:
        pauseMs === null ? null : sql<Date>`now() + make_interval(secs => ${pauseMs / 1000})`,
      ...(isNew ? { state_since: sql<Date>`now()`, state_reason: reason } : {}),
    })
    .where('id', '=', runnerId)
    .execute()
}

/** Notes that a result of this runner was good. `tx` holds the runner's row. */
export async function writeSkill(
  tx: Transaction<Tables>,
  runnerId: number,
  jobType: string,
): Promise<void> {
  await tx
    .insertInto('runner_skills')
    .values({ runner_id: runnerId, job_type: jobType })
    .onConflict((conflict) =>
      conflict.columns(['runner_id', 'job_type']).doUpdateSet({ last_success_at: sql`now()` }),
    )
    .execute()
}
