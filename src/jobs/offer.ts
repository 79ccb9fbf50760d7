import { type Kysely, sql } from 'kysely'
import type { Tables } from '#database/tables.ts'
import type { JobRow } from './job.ts'

/** What is known of the runner that asks for work. */
export interface Asking {
  readonly runnerId: number
  /** Types that it named; undefined when it named none. */
  readonly jobTypes: readonly string[] | undefined
  /** ffmpeg's names of the encoders that it has; undefined when it did not tell. */
  readonly encoders: readonly string[] | undefined
}

export type OfferedJob = Pick<JobRow, 'uuid' | 'type' | 'payload' | 'version_id'>

/** Reelmill's own types: a runner that names no types is a stranger and would drop them silently. */
const ownTypes = ['vod-chunk-encoding', 'vod-audio-encoding']

/** As many as the genuine server lists (runner protocol 1.4, call 8). */
const offerSize = 10

/**
 * The jobs that this very runner may take, the one it should take first: lower priority, then
 * older; what it failed at before comes last, so that another may try. Nothing is reserved.
 */
export async function offerJobs(database: Kysely<Tables>, asking: Asking): Promise<OfferedJob[]> {
  const fresh = await list(database, asking, sql`not in`)
  if (fresh.length >= offerSize) return fresh
  const failedBefore = await list(database, asking, sql`in`)
  return [...fresh, ...failedBefore].slice(0, offerSize)
}

/** What is left to be taken. */
export interface PendingJobs {
  readonly any: boolean
  /** Milliseconds until the next job that rests after a failure; null when none does. */
  readonly msToNextRested: number | null
}

/** Looks at the pending jobs, of whatever type. */
export async function readPendingJobs(database: Kysely<Tables>): Promise<PendingJobs> {
  const { any, ms } = await database
    .selectFrom('jobs')
    .select([
      sql<boolean>`count(*) > 0`.as('any'),
      sql<number | null>`1000 * extract(epoch from
        min(not_before) filter (where not_before > now()) - now())::float8`.as('ms'),
    ])
    .where('state', '=', 'pending')
    .executeTakeFirstOrThrow()
  return { any, msToNextRested: ms === null ? null : Math.ceil(ms) }
}

/** Two lists rather than one sort over all, so that each is a walk along `jobs_pending`. */
function list(
  database: Kysely<Tables>,
  { runnerId, jobTypes, encoders = [] }: Asking,
  membership: ReturnType<typeof sql>,
): Promise<OfferedJob[]> {
  const had = JSON.stringify(encoders)
  return database
    .selectFrom('jobs')
    .select(['uuid', 'type', 'payload', 'version_id'])
    .where('state', '=', 'pending')
    .where('not_before', '<=', sql<Date>`now()`)
    .where(sql<boolean>`encoders <@ ${had}::jsonb`)
    .where(
      sql<boolean>`id ${membership} (select job_id from job_failures where runner_id = ${runnerId})`,
    )
    .$if(jobTypes !== undefined, (jobs) => jobs.where('type', '=', sql<string>`any(${jobTypes})`))
    .$if(jobTypes === undefined, (jobs) => jobs.where('type', '<>', sql<string>`all(${ownTypes})`))
    .orderBy('priority')
    .orderBy('id')
    .limit(offerSize)
    .execute()
}
