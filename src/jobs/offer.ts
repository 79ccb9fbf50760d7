import { type Kysely, sql } from 'kysely'
import type { Tables } from '#database/tables.ts'
import type { JobRow } from './job.ts'
import { kindsOfPendingJobs } from './kinds.ts'

/** What is known of the runner that asks for work. */
export interface Asking {
  readonly runnerId: number
  /** Types that it can do: see `offeredTypes`. */
  readonly jobTypes: readonly string[]
  /** ffmpeg's names of the encoders that it has; null when it did not tell. */
  readonly encoders: readonly string[] | null
  /** Ids of jobs that others were just told to take: they come after the rest. */
  readonly setBack?: readonly number[]
}

export type OfferedJob = Pick<JobRow, 'id' | 'uuid' | 'type' | 'payload' | 'version_id'>

/** As many as the genuine server lists (runner protocol 1.4, call 8). */
const offerSize = 10

/**
 * The jobs that this very runner may take, the one it should take first: lower priority, then
 * older; what it failed at before comes last, so that another may try. Nothing is reserved.
 */
export async function offerJobs(
  database: Kysely<Tables>,
  { runnerId, jobTypes, encoders, setBack = [] }: Asking,
): Promise<OfferedJob[]> {
  const had = JSON.stringify(encoders ?? [])
  const walk = offerSize + setBack.length
  const { rows } = await sql<OfferedJob>`
    with ${kindsOfPendingJobs},
    failed as (select job_id from job_failures where runner_id = ${runnerId}),
    candidates as (
      select head.id, head.priority, false as failed
        from kinds, lateral (
          select id, priority from jobs
           where state = 'pending' and type = kinds.type and encoders = kinds.encoders
             and not_before <= now() and id not in (select job_id from failed)
           order by priority, id limit ${walk}) head
       where kinds.type = any(${jobTypes}) and kinds.encoders <@ ${had}::jsonb
      union all
      select id, priority, true
        from jobs
       where id in (select job_id from failed) and state = 'pending' and not_before <= now()
         and type = any(${jobTypes}) and encoders <@ ${had}::jsonb),
    chosen as (
      select id, priority, failed, id = any(${setBack}) as set_back from candidates
       order by failed, set_back, priority, id limit ${offerSize})
    select jobs.id, jobs.uuid, jobs.type, jobs.payload, jobs.version_id
      from chosen join jobs using (id)
     order by chosen.failed, chosen.set_back, chosen.priority, chosen.id`.execute(database)
  return rows
}
