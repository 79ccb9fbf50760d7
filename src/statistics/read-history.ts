import { type Kysely, sql } from 'kysely'
import type { Tables } from '#database/tables.ts'
import { type Counters, countedRows, sumsOfCounters } from './counters.ts'
import { chooseStep } from './history-step.ts'

/** How it was: means, but for the longest wait; null while nobody looked. */
interface Gauges {
  readonly waitingJobs: number | null
  readonly waitingSeconds: number | null
  readonly heldJobs: number | null
  readonly onlineRunners: number | null
  readonly onlineSlots: number | null
  readonly videosUnderWay: number | null
  readonly sourceBytes: number | null
  readonly outputBytes: number | null
}

/** A step of the history: how it was in it, and what happened in it. */
export interface HistoryPoint extends Gauges, Counters {
  /** Where it begins. */
  readonly at: string
}

export interface History {
  readonly since: string
  readonly until: string
  readonly stepSeconds: number
  /** Every step, from the oldest to the newest. */
  readonly points: readonly HistoryPoint[]
}

interface Wanted {
  readonly since: Date
  readonly until: Date
  /** At most so many. */
  readonly points: number
  readonly now: Date
}

/** Figures over time, with what the next sample will take in. */
export async function readHistory(
  database: Kysely<Tables>,
  { since, until, points, now }: Wanted,
): Promise<History> {
  const stepSeconds = chooseStep({
    sinceMs: since.getTime(),
    untilMs: until.getTime(),
    points,
    nowMs: now.getTime(),
  })
  const step = sql`make_interval(secs => ${stepSeconds})`
  const origin = sql`timestamptz '2000-01-01 00:00:00+00'`
  const binOf = (at: ReturnType<typeof sql>) => sql`date_bin(${step}, ${at}, ${origin})`
  const { rows } = await sql<Gauges & Counters & { at: Date }>`
    with steps as (
      select generate_series(${binOf(sql`${since}::timestamptz`)},
                             ${binOf(sql`${until}::timestamptz`)}, ${step}) as at),
    gauges as (
      select ${binOf(sql`at`)} as at, avg(waiting_jobs) as "waitingJobs",
             max(waiting_seconds) as "waitingSeconds", avg(held_jobs) as "heldJobs",
             avg(online_runners) as "onlineRunners", avg(online_slots) as "onlineSlots",
             avg(videos_under_way) as "videosUnderWay", max(source_bytes) as "sourceBytes",
             max(output_bytes) as "outputBytes"
        from samples where at between ${binOf(sql`${since}::timestamptz`)} and ${until} group by 1),
    counters as (
      select ${binOf(sql`at`)} as at, ${sumsOfCounters} from ${countedRows} counted
       where at between ${binOf(sql`${since}::timestamptz`)} and ${until} group by 1)
    select steps.at, "waitingJobs", "waitingSeconds", "heldJobs", "onlineRunners", "onlineSlots",
           "videosUnderWay", "sourceBytes", "outputBytes",
           coalesce("completedJobs", 0) as "completedJobs",
           coalesce("failedTries", 0) as "failedTries", coalesce(frames, 0) as frames,
           coalesce("publishedVideos", 0) as "publishedVideos",
           coalesce("publishedSeconds", 0) as "publishedSeconds",
           coalesce("failedVideos", 0) as "failedVideos"
      from steps left join gauges using (at) left join counters using (at)
     order by steps.at`.execute(database)
  return {
    since: since.toISOString(),
    until: until.toISOString(),
    stepSeconds,
    points: rows.map(({ at, ...rest }) => ({ at: at.toISOString(), ...rest })),
  }
}
