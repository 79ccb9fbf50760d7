import { type Kysely, sql } from 'kysely'
import type { Tables } from '#database/tables.ts'
import { couldOthersDo } from './others-could.ts'
import type { RunnerRow } from './runner.ts'

/**
 * Whether a runner may be given a job now. A runner in good standing may, without asking the
 * database; one that was set aside gets one at a time, as a trial, when its pause is over, or at once
 * where nobody else is there: work that nobody but it can do must come to an end.
 */
export async function mayTakeJobs(
  database: Kysely<Tables>,
  runner: Pick<RunnerRow, 'id' | 'state' | 'trial_at'>,
): Promise<boolean> {
  if (runner.state !== 'set_aside') return runner.state === 'active'
  if (await holdsJobs(database, runner.id)) return false
  if (runner.trial_at === null || runner.trial_at <= new Date()) return true
  return !(await couldOthersDo(database, { besides: runner.id }))
}

async function holdsJobs(database: Kysely<Tables>, runnerId: number): Promise<boolean> {
  const { rows } = await sql`
    select 1 from jobs where runner_id = ${runnerId} and state in ('processing', 'completing') limit 1
  `.execute(database)
  return rows.length > 0
}
