import { type Kysely, sql } from 'kysely'
import type { Tables } from '#database/tables.ts'
import { kindsOfPendingJobs } from './kinds.ts'

/** Jobs of one kind that wait for a runner. */
export interface PendingKind {
  readonly type: string
  /** ffmpeg's names of the encoders without which they cannot be done. */
  readonly encoders: readonly string[]
  /** How many can be taken now; counted up to `countedJobs`. 0: all rest after a failure. */
  readonly available: number
}

export interface PendingJobs {
  readonly kinds: readonly PendingKind[]
  /** Milliseconds until the next job that rests after a failure; null when none does. */
  readonly msToNextRested: number | null
}

/** More of one kind than this are as many: no wave of pings is larger. */
const countedJobs = 500

/** Looks at what waits, in a time that does not grow with how much. */
export async function readPendingJobs(database: Kysely<Tables>): Promise<PendingJobs> {
  const { rows } = await sql<PendingKind & { msToNextRested: number | null }>`
    with ${kindsOfPendingJobs}
    select kinds.type, kinds.encoders, head.available, head."msToNextRested"
      from kinds, lateral (
        select count(*) filter (where not_before <= now())::int as available,
               (1000 * extract(epoch from min(not_before) filter (where not_before > now())
                 - now()))::float8 as "msToNextRested"
          from (select not_before from jobs
                 where state = 'pending' and type = kinds.type and encoders = kinds.encoders
                 order by priority, id limit ${countedJobs}) first) head`.execute(database)
  const rests = rows.flatMap(({ msToNextRested: ms }) => (ms === null ? [] : [Math.ceil(ms)]))
  return { kinds: rows, msToNextRested: rests.length === 0 ? null : Math.min(...rests) }
}
