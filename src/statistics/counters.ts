import { type RawBuilder, sql } from 'kysely'

/** What happened in some time. */
export interface Counters {
  readonly completedJobs: number
  readonly failedTries: number
  /** Pictures of all renditions that runners encoded. */
  readonly frames: number
  readonly publishedVideos: number
  /** Of film. */
  readonly publishedSeconds: number
  readonly failedVideos: number
}

/** Sums of the counters of `tallies` or `samples`, under the names of `Counters`. */
export const sumsOfCounters: RawBuilder<unknown> = sql`
  coalesce(sum(completed_jobs), 0)::int as "completedJobs",
  coalesce(sum(failed_tries), 0)::int as "failedTries",
  coalesce(sum(frames), 0)::bigint as frames,
  coalesce(sum(published_videos), 0)::int as "publishedVideos",
  coalesce(sum(published_seconds), 0)::float8 as "publishedSeconds",
  coalesce(sum(failed_videos), 0)::int as "failedVideos"`

/** Rows that hold counters: samples, and what is not in them yet. */
export const countedRows: RawBuilder<unknown> = sql`
  (select at, completed_jobs, failed_tries, frames, published_videos, published_seconds, failed_videos
     from samples
   union all
   select at, completed_jobs, failed_tries, frames, published_videos, published_seconds, failed_videos
     from tallies)`
