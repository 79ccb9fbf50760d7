import { type Kysely, sql } from 'kysely'
import type { Tables, VersionState } from '#database/tables.ts'

/** A video that is worked on, with the counters of its jobs (D-92). */
export interface VideoUnderWay {
  readonly id: string
  readonly name: string
  readonly state: VersionState
  /** Jobs that are not over, but for those whose results are being put in place. */
  readonly pendingTranscode: number
  /** Results that are being put in place, packaging and publishing included. */
  readonly pendingMove: number
  /** Jobs in runners' hands. */
  readonly processing: number
  readonly completed: number
  readonly runners: readonly string[]
}

const shown = 12

/** Videos whose bytes are there and that are neither published nor over, those of today first. */
export async function listUnderWay(database: Kysely<Tables>): Promise<VideoUnderWay[]> {
  const { rows } = await sql<VideoUnderWay>`
    select videos.id, videos.name, versions.state,
           work."pendingTranscode", work.processing, work.completed, work.runners,
           work.completing + (versions.state in ('packaging', 'publishing'))::int as "pendingMove"
      from (select * from videos
             where state in ('probing', 'planning', 'encoding', 'packaging', 'publishing')
             order by created_at desc limit ${shown}) videos
      join versions on versions.video_id = videos.id and versions.number = videos.latest_version,
      lateral (
        select count(*) filter (where jobs.state in ('pending', 'processing', 'waiting_for_parent'))::int
                 as "pendingTranscode",
               count(*) filter (where jobs.state = 'processing')::int as processing,
               count(*) filter (where jobs.state = 'completing')::int as completing,
               count(*) filter (where jobs.state = 'completed')::int as completed,
               coalesce(array_agg(distinct runners.name) filter (where jobs.state = 'processing'
                                  and runners.name is not null), '{}') as runners
          from jobs left join runners on runners.id = jobs.runner_id
         where jobs.version_id = versions.id) work
     order by videos.created_at desc`.execute(database)
  return rows
}
