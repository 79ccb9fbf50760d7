import { type Kysely, type RawBuilder, sql } from 'kysely'
import type { JobState, Tables } from '#database/tables.ts'

/** A job in a runner's hands. */
export interface JobInHand {
  readonly uuid: string
  readonly type: string
  readonly label: string
  readonly state: JobState
  readonly videoId: string
  readonly videoName: string
  /** 0 to 1. */
  readonly progress: number
  readonly startedAt: Date | null
}

/** What a runner does, and did in the last day. */
export interface RunnerWork {
  /** From the oldest on. */
  readonly jobs: readonly JobInHand[]
  /**
   * Seconds of video that one of its jobs encodes in a second, all renditions of a chunk together:
   * the mean of its last twenty at most. null: none told.
   */
  readonly speed: number | null
  readonly completed: number
  readonly failed: number
  readonly lastFailure: LastFailure | null
}

/** The latest job that failed in a runner's hands. */
export interface LastFailure {
  readonly at: Date
  readonly jobUuid: string
  readonly code: string
  readonly message: string
}

/** The work of each of these runners, by their ids. */
export async function readWorkOfRunners(
  database: Kysely<Tables>,
  runnerIds: readonly number[],
): Promise<ReadonlyMap<number, RunnerWork>> {
  const jobs = await readJobsInHand(database, runnerIds)
  const figures = await readFigures(database, runnerIds)
  return new Map(
    figures.map(({ runnerId, speed, completed, failed, lastFailure }) => [
      runnerId,
      {
        jobs: jobs.get(runnerId) ?? [],
        ...{ speed, completed, failed },
        lastFailure: lastFailure && { ...lastFailure, at: new Date(lastFailure.at) },
      },
    ]),
  )
}

async function readJobsInHand(
  database: Kysely<Tables>,
  runnerIds: readonly number[],
): Promise<Map<number, JobInHand[]>> {
  const rows = await database
    .selectFrom('jobs')
    .innerJoin('versions', 'versions.id', 'jobs.version_id')
    .innerJoin('videos', 'videos.id', 'versions.video_id')
    .select(['jobs.uuid', 'jobs.type', 'jobs.label', 'jobs.state', 'jobs.progress'])
    .select(['jobs.started_at as startedAt', 'videos.id as videoId', 'videos.name as videoName'])
    .select(sql<number>`jobs.runner_id`.as('runnerId'))
    .where(sql<boolean>`jobs.runner_id = any(${runnerIds})`)
    .where('jobs.state', 'in', ['processing', 'completing'])
    .orderBy('jobs.started_at')
    .orderBy('jobs.id')
    .execute()
  const byRunner = new Map<number, JobInHand[]>()
  for (const { runnerId, ...job } of rows) {
    byRunner.set(runnerId, [...(byRunner.get(runnerId) ?? []), job])
  }
  return byRunner
}

interface Figures {
  readonly runnerId: number
  readonly speed: number | null
  readonly completed: number
  readonly failed: number
  readonly lastFailure: (Omit<LastFailure, 'at'> & { readonly at: string }) | null
}

/**
 * Seconds of video that a job is about: of its chunk, of its piece, or of the whole. null for those
 * that make no pictures, or whose length only decoding tells.
 */
const secondsOfVideo: RawBuilder<number | null> = sql`
  case
    when jobs.private_payload ? 'piece' and jobs.private_payload->'piece' ? 'frames' then
      (jobs.private_payload->'piece'->>'frames')::float8
        / nullif((jobs.private_payload->'piece'->>'framesPerSecond')::float8, 0)
    when jobs.type = 'vod-chunk-encoding' then
      (jobs.payload->'chunk'->>'frames')::float8
        * (jobs.payload->'grid'->'frameRate'->>1)::float8
        / nullif((jobs.payload->'grid'->'frameRate'->>0)::float8, 0)
    when jobs.type in ('vod-web-video-transcoding', 'vod-hls-transcoding')
      and jobs.payload->'output'->>'resolution' <> '0' then
      (select (media->>'durationSeconds')::float8 from versions where id = jobs.version_id)
  end`

async function readFigures(
  database: Kysely<Tables>,
  runnerIds: readonly number[],
): Promise<Figures[]> {
  const { rows } = await sql<Figures>`
    select runners.id as "runnerId",
      (select sum(seconds) / nullif(sum(spent), 0) from (
         select ${secondsOfVideo} as seconds,
                extract(epoch from finished_at - started_at)::float8 as spent
           from jobs
          where runner_id = runners.id and state = 'completed'
            and finished_at > now() - interval '1 day'
          order by finished_at desc limit 20) lately
        where seconds is not null) as speed,
      (select count(*)::int from jobs
        where runner_id = runners.id and state = 'completed'
          and finished_at > now() - interval '1 day') as completed,
      (select count(*)::int from job_failures
        where runner_id = runners.id and created_at > now() - interval '1 day') as failed,
      (select jsonb_build_object('at', job_failures.created_at, 'jobUuid', jobs.uuid,
                'code', job_failures.error->>'code', 'message', job_failures.error->>'message')
         from job_failures join jobs on jobs.id = job_failures.job_id
        where job_failures.runner_id = runners.id
        order by job_failures.id desc limit 1) as "lastFailure"
      from runners where runners.id = any(${runnerIds})`.execute(database)
  return rows
}
