import { type Kysely, sql } from 'kysely'
import type { Tables } from '#database/tables.ts'
import { fillStates } from './fill-states.ts'

/** States of jobs that are not over, and of those that failed for good. */
export const openJobStates = [
  'pending',
  'processing',
  'completing',
  'waiting_for_parent',
  'errored',
] as const

type OpenJobState = (typeof openJobStates)[number]

export interface Queue {
  readonly byState: Readonly<Record<OpenJobState, number>>
  /** Jobs that are not over. */
  readonly active: number
  /** Of those that wait for a runner: how many of each type. */
  readonly pendingByType: Readonly<Record<string, number>>
  /** Since when the longest waiting of those that may be taken could be; null when none waits. */
  readonly oldestWaitingAt: string | null
  readonly oldestWaitingSeconds: number | null
}

/** So many jobs of a type are in a state. */
export interface OpenJobs {
  readonly type: string
  readonly state: OpenJobState
  readonly count: number
}

/** Counted in an index that holds no completed job. */
export async function countOpenJobs(database: Kysely<Tables>): Promise<readonly OpenJobs[]> {
  const { rows } = await sql<OpenJobs>`
    select state, type, count(*)::int as count from jobs
     where state in ('pending', 'processing', 'completing', 'waiting_for_parent', 'errored')
     group by state, type order by state, type`.execute(database)
  return rows
}

/** What is to be done. */
export async function readQueue(database: Kysely<Tables>): Promise<Queue> {
  const rows = await countOpenJobs(database)
  const byState = fillStates(
    openJobStates,
    openJobStates.map((state) => ({
      state,
      count: sum(rows.filter((row) => row.state === state)),
    })),
  )
  const pending = rows.filter(({ state }) => state === 'pending')
  return {
    byState,
    active: sum(rows) - byState.errored,
    pendingByType: Object.fromEntries(pending.map(({ type, count }) => [type, count])),
    ...(await readOldestWaiting(database)),
  }
}

/** `not_before` is when it could be taken first: made, released by its parent, or rested. */
export async function readOldestWaiting(
  database: Kysely<Tables>,
): Promise<Pick<Queue, 'oldestWaitingAt' | 'oldestWaitingSeconds'>> {
  const row = await database
    .selectFrom('jobs')
    .select([
      'not_before as at',
      sql<number>`extract(epoch from now() - not_before)::float8`.as('seconds'),
    ])
    .where('state', '=', 'pending')
    .orderBy('not_before')
    .limit(1)
    .executeTakeFirst()
  if (!row || row.seconds < 0) return { oldestWaitingAt: null, oldestWaitingSeconds: null }
  return { oldestWaitingAt: row.at.toISOString(), oldestWaitingSeconds: row.seconds }
}

function sum(rows: readonly { readonly count: number }[]): number {
  return rows.reduce((total, { count }) => total + count, 0)
}
