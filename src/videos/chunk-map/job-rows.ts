import { type Kysely, sql } from 'kysely'
import type { JobState, Tables } from '#database/tables.ts'

/** A job as the map needs it. */
export interface MapJobRow {
  readonly uuid: string
  readonly type: string
  readonly label: string
  readonly state: JobState
  /** Of its chunk or piece; null: it has no place on the timeline. */
  readonly firstFrame: number | null
  readonly frames: number | null
  readonly renditions: readonly string[]
  readonly isSound: boolean
  readonly runner: string | null
  readonly failures: number
  readonly errorCode: string | null
  readonly errorMessage: string | null
  readonly progress: number
  readonly startedAt: Date | null
  readonly finishedAt: Date | null
  readonly wallSeconds: number | null
  readonly cpuSeconds: number | null
}

/** Jobs of a version that encode the same renditions and are in the same state, added up. */
export interface MapSumRow {
  readonly renditions: readonly string[]
  readonly state: JobState
  readonly jobs: number
  readonly firstId: number
  readonly failures: number
  readonly cpuSeconds: number | null
  readonly startedAt: Date | null
  readonly finishedAt: Date | null
  /** The database's clock. */
  readonly now: Date
}

/**
 * Which renditions: payloads are a few kB each, so a piece, of which a video may have thousands, is
 * told by what the server keeps to itself.
 */
const renditions = sql<readonly string[]>`case
  when private_payload ? 'piece' then jsonb_build_array(private_payload -> 'piece' -> 'rendition')
  when private_payload ? 'sound' then jsonb_build_array(private_payload -> 'sound')
  when type in ('vod-chunk-encoding', 'vod-audio-encoding')
    then jsonb_path_query_array(payload, '$.renditions[*].name')
  else '[]' end`

const place = (name: 'firstFrame' | 'frames') => sql<number | null>`case
  when private_payload ? 'piece' then (private_payload -> 'piece' ->> ${sql.lit(name)})::int
  when type = 'vod-chunk-encoding' then (payload -> 'chunk' ->> ${sql.lit(name)})::int end`

/** What was started again after it had ended keeps its times until somebody takes it. */
const isTried = sql<boolean>`jobs.state in ('processing', 'completing', 'completed', 'errored', 'cancelled')`

/**
 * The jobs of a version in the order in which they were made; with `since` those that changed then or
 * later, and those in hand, whose time goes on.
 */
export async function listMapJobs(
  database: Kysely<Tables>,
  versionId: string,
  since: Date | null,
): Promise<readonly MapJobRow[]> {
  return database
    .selectFrom('jobs')
    .leftJoin('runners', 'runners.id', 'jobs.runner_id')
    .select(['uuid', 'type', 'label', 'jobs.state', 'failures', 'progress'])
    .select([
      place('firstFrame').as('firstFrame'),
      place('frames').as('frames'),
      renditions.as('renditions'),
      sql<boolean>`(type = 'vod-audio-encoding' or private_payload ? 'sound')`.as('isSound'),
      'runners.name as runner',
      sql<string | null>`error ->> 'code'`.as('errorCode'),
      sql<string | null>`error ->> 'message'`.as('errorMessage'),
      sql<Date | null>`case when ${isTried} then started_at end`.as('startedAt'),
      'finished_at as finishedAt',
      sql<number | null>`case when ${isTried} then
        extract(epoch from coalesce(finished_at, now()) - started_at)::float8 end`.as(
        'wallSeconds',
      ),
      'cpu_seconds as cpuSeconds',
    ])
    .where('version_id', '=', versionId)
    .$if(since !== null, (jobs) =>
      jobs.where(
        sql<boolean>`(jobs.updated_at >= ${since} or jobs.state in ('processing', 'completing'))`,
      ),
    )
    .orderBy('jobs.id')
    .execute()
}

/** All jobs of a version. */
interface MapSums {
  readonly sums: readonly MapSumRow[]
  /** How many of the chunks have jobs that are all completed. */
  readonly chunksDone: number
}

/**
 * All jobs of a version, added up; the chunks begin at `firstFrames`, in their order. One query, for
 * reading the payloads is most of what a map costs.
 */
export async function sumMapJobs(
  database: Kysely<Tables>,
  versionId: string,
  firstFrames: readonly number[],
): Promise<MapSums> {
  const starts = firstFrames.length > 0 ? firstFrames : [0]
  const { rows } = await sql<MapSumRow & { readonly chunksDone: number }>`
    with told as materialized (
      select id, state, failures, cpu_seconds, started_at, finished_at,
             ${renditions} as renditions, ${place('firstFrame')} as first_frame
        from jobs
       where version_id = ${versionId}),
    done as (
      select 1 from told
       where first_frame is not null
       group by width_bucket(first_frame, ${starts}::int[])
      having bool_and(state = 'completed'))
    select renditions, state, count(*)::int as jobs, min(id) as "firstId",
           sum(failures)::int as failures, sum(cpu_seconds) as "cpuSeconds",
           min(started_at) as "startedAt", max(finished_at) as "finishedAt", now() as now,
           (select count(*) from done)::int as "chunksDone"
      from told
     group by renditions, state`.execute(database)
  return { sums: rows, chunksDone: firstFrames.length > 0 ? (rows[0]?.chunksDone ?? 0) : 0 }
}
