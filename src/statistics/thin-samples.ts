import { type Kysely, sql } from 'kysely'
import type { Tables } from '#database/tables.ts'

/** Minutes are kept for so long, then hours. */
const minutesKeptHours = 25
const hoursKeptDays = 366

/**
 * Makes one row of each old hour: the mean of how it was, the longest wait, and the sum of what
 * happened. Hours go after a year. In one statement, so that nothing is there twice or lost.
 */
export async function thinSamples(database: Kysely<Tables>): Promise<void> {
  await sql`
    with old as (
      delete from samples where span_seconds = 60
         and at < date_trunc('hour', now() - make_interval(hours => ${minutesKeptHours}))
      returning *)
    insert into samples as kept
      (at, span_seconds, waiting_jobs, waiting_seconds, held_jobs, online_runners, online_slots,
       videos_under_way, source_bytes, output_bytes, completed_jobs, failed_tries, frames,
       published_videos, published_seconds, failed_videos)
    select date_trunc('hour', at), 3600, avg(waiting_jobs), max(waiting_seconds), avg(held_jobs),
           avg(online_runners), avg(online_slots), avg(videos_under_way), max(source_bytes),
           max(output_bytes), sum(completed_jobs), sum(failed_tries), sum(frames),
           sum(published_videos), sum(published_seconds), sum(failed_videos)
      from old group by 1
    on conflict (at, span_seconds) do update set
      waiting_jobs = coalesce(kept.waiting_jobs, excluded.waiting_jobs),
      waiting_seconds = greatest(kept.waiting_seconds, excluded.waiting_seconds),
      held_jobs = coalesce(kept.held_jobs, excluded.held_jobs),
      online_runners = coalesce(kept.online_runners, excluded.online_runners),
      online_slots = coalesce(kept.online_slots, excluded.online_slots),
      videos_under_way = coalesce(kept.videos_under_way, excluded.videos_under_way),
      source_bytes = coalesce(kept.source_bytes, excluded.source_bytes),
      output_bytes = coalesce(kept.output_bytes, excluded.output_bytes),
      completed_jobs = kept.completed_jobs + excluded.completed_jobs,
      failed_tries = kept.failed_tries + excluded.failed_tries,
      frames = kept.frames + excluded.frames,
      published_videos = kept.published_videos + excluded.published_videos,
      published_seconds = kept.published_seconds + excluded.published_seconds,
      failed_videos = kept.failed_videos + excluded.failed_videos`.execute(database)
  await database
    .deleteFrom('samples')
    .where('at', '<', sql<Date>`now() - make_interval(days => ${hoursKeptDays})`)
    .execute()
}
