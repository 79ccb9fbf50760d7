import { type Kysely, sql } from 'kysely'
import type { Tables } from '#database/tables.ts'
import { isOnline } from '#runners/presence.ts'

/** Texts that are others when something changed that people see of the fleet. */
export interface FleetMarks {
  readonly jobs: string
  readonly runners: string
}

/**
 * What the jobs in runners' hands and the runners are now, and up to which job there are any: some
 * hundred rows however many jobs there were. Says nothing of jobs that end in nobody's hands.
 */
export async function readFleetMarks(database: Kysely<Tables>): Promise<FleetMarks> {
  const { rows } = await sql<FleetMarks>`
    select
      (select concat_ws(' ',
         (select max(id) from jobs),
         md5(string_agg(concat_ws(' ', id, state, runner_id, round(progress::numeric, 2)), ','
                        order by id)))
         from jobs where state in ('processing', 'completing')) as jobs,
      (select coalesce(md5(string_agg(
         concat_ws(' ', id, state, state_since, trial_at, slots, version, ${isOnline}), ','
         order by id)), '')
         from runners) as runners`.execute(database)
  const [row] = rows
  if (!row) throw new Error('A select without a table has one row.')
  return row
}
