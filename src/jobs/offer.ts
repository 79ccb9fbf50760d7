import { type Kysely, sql } from 'kysely'
import type { Tables } from '#database/tables.ts'
import { jobsAreOffered } from '#policies/jobs-are-offered.ts'
import type { JobRow } from './job.ts'
import { kindsOfPendingJobs } from './kinds.ts'

/** What is known of the runner that asks for work. */
export interface Asking {
  readonly runnerId: number
  /** Types that it can do: see `offeredTypes`. */
  readonly jobTypes: readonly string[]
  /** ffmpeg's names of the encoders that it has; null when it did not tell. */
  readonly encoders: readonly string[] | null
}

export type OfferedJob = Pick<JobRow, 'id' | 'uuid' | 'type' | 'payload'> & {
  readonly videoId: string
}

/** As many as the genuine server lists (runner protocol 1.4, call 8). */
export const offerSize = 10

/**
 * Ids of the jobs that this very runner may take, at most `size`, the one that it should take first:
 * lower priority, then older; what it failed at before comes last, so that another may try. Takes as
 * long with ten jobs as with a hundred thousand: a walk of `size` rows for each kind.
 */
export async function listOffers(
  database: Kysely<Tables>,
  { runnerId, jobTypes, encoders }: Asking,
  size: number = offerSize,
): Promise<number[]> {
  const had = JSON.stringify(encoders ?? [])
  const { rows } = await sql<{ id: number }>`
    with ${kindsOfPendingJobs},
    failed as (select job_id from job_failures where runner_id = ${runnerId})
    select id from (
      select head.id, head.priority, false as has_failed
        from kinds, lateral (
          select id, priority from jobs
           where state = 'pending' and type = kinds.type and encoders = kinds.encoders
             and not_before <= now() and id not in (select job_id from failed)
           order by priority, id limit ${size}) head
       where kinds.type = any(${jobTypes}) and kinds.encoders <@ ${had}::jsonb
      union all
      select id, priority, true
        from jobs
       where id in (select job_id from failed) and state = 'pending' and not_before <= now()
         and type = any(${jobTypes}) and encoders <@ ${had}::jsonb and ${jobsAreOffered}) offers
     order by has_failed, priority, id limit ${size}`.execute(database)
  return rows.map(({ id }) => id)
}

/** What a runner is told of jobs that are offered to it, in this order; those just taken are left out. */
export async function readOffers(
  database: Kysely<Tables>,
  ids: readonly number[],
): Promise<OfferedJob[]> {
  if (ids.length === 0) return []
  return database
    .selectFrom('jobs')
    .innerJoin('versions', 'versions.id', 'jobs.version_id')
    .select(['jobs.id', 'jobs.uuid', 'jobs.type', 'jobs.payload', 'versions.video_id as videoId'])
    .where('jobs.id', '=', sql<number>`any(${ids})`)
    .where('jobs.state', '=', 'pending')
    .orderBy(sql`array_position(${ids}::bigint[], jobs.id)`)
    .execute()
}
