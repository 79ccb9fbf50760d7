import { notify } from '#database/notifications.ts'
import { releaseJobs } from '#jobs/release.ts'
import { changeRunnerState, type StateChange } from '#runners/change-state.ts'
import type { Parts } from './parts.ts'

/**
 * An operator says what a runner may be given from now on. One that is disabled loses its jobs to the
 * others at once, without a failure; one that is active again is told of what waits.
 *
 * @throws ReelmillError `runner_not_found`.
 */
export async function setRunnerState(
  { database, log }: Pick<Parts, 'database' | 'log'>,
  runnerId: number,
  change: StateChange,
): Promise<void> {
  const runner = await database.transaction().execute(async (tx) => {
    if (change.state === 'active') await notify(tx, 'jobs', {})
    return changeRunnerState(tx, runnerId, change)
  })
  // Should this process die here, whoever looks next takes them (releaseFromDisabled).
  const released = change.state === 'disabled' ? await releaseJobs(database, runnerId) : 0
  log.info({ runner, released, ...change }, 'an operator changed the state of a runner')
}

/**
 * Takes back what disabled runners hold: one may have accepted a job in the very moment in which it
 * was disabled, or the server have died then. Returns how many jobs there were.
 */
export async function releaseFromDisabled({ database }: Pick<Parts, 'database'>): Promise<number> {
  const holders = await database
    .selectFrom('jobs')
    .innerJoin('runners', 'runners.id', 'jobs.runner_id')
    .select('runners.id')
    .distinct()
    .where('jobs.state', '=', 'processing')
    .where('runners.state', '=', 'disabled')
    .execute()
  let released = 0
  for (const { id } of holders) {
    released += await releaseJobs(database, id)
  }
  return released
}
