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

/** What is to be done, counted in indexes that hold no completed job. */
export async function readQueue(database: Kysely<Tables>): Promise<Queue> {
  const { rows } = await sql<{ state: OpenJobState; type: string; count: number }>`
    select state, type, count(*)::int as count from jobs
     where state in ('pending', 'processing', 'completing', 'waiting_for_parent', 'errored')
     group by state, type order by state, type`.execute(database)
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
async function readOldestWaiting(
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
