import { type Expression, type Kysely, type SqlBool, sql } from 'kysely'
import type { JobState, Tables } from '#database/tables.ts'
import type { JobRow } from './job.ts'

/** Every state, in the order of the protocol's numbers. */
export const jobStates = [
  'pending',
  'processing',
  'completed',
  'errored',
  'waiting_for_parent',
  'cancelled',
  'parent_errored',
  'parent_cancelled',
  'completing',
] as const satisfies readonly JobState[]

/** What jobs can be sorted by; a state by its number. */
export const jobOrders = ['updatedAt', 'createdAt', 'priority', 'state', 'progress'] as const
export type JobOrder = (typeof jobOrders)[number]

/** Which jobs; all where nothing is said. */
export interface JobFilter {
  /** A job's uuid, or a part of its type, its label, its runner's name or its video's. */
  readonly search?: string | undefined
  readonly states?: readonly JobState[] | undefined
  readonly types?: readonly string[] | undefined
  readonly videoId?: string | undefined
  /** Jobs that are in this runner's hands, or were when they ended. */
  readonly runnerId?: number | undefined
}

export interface JobQuery extends JobFilter {
  readonly orderBy?: JobOrder | undefined
  /** From the smallest up; from the largest down when left out. */
  readonly ascending?: boolean | undefined
  readonly offset?: number | undefined
  readonly limit: number
}

/** A job with what it belongs to. */
export interface ListedJob extends JobRow {
  readonly videoId: string
  readonly videoName: string
  readonly runnerName: string | null
  readonly runnerDescription: string | null
  readonly parentUuid: string | null
  readonly parentType: string | null
  readonly parentState: JobState | null
}

const uuidPattern = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

/** One job; null when there is none. */
export async function getJob(database: Kysely<Tables>, uuid: string): Promise<ListedJob | null> {
  const fitting = selectFitting(database, {}).where('jobs.uuid', '=', uuid)
  return (await selectListed(fitting).executeTakeFirst()) ?? null
}

/** So many of a state are counted, and no more: that tells enough, and costs the same for ever. */
export const countedAtMost = 10_000

/** How many of the jobs that fit are in each state, `countedAtMost` at most. */
export async function countJobs(
  database: Kysely<Tables>,
  filter: Omit<JobFilter, 'states'>,
): Promise<Readonly<Record<JobState, number>>> {
  const counts = jobStates.map((state) => {
    const fitting = selectFitting(database, { ...filter, states: [state] })
      .select('jobs.id')
      .limit(countedAtMost)
    return sql`(select count(*)::int from ${fitting} as fitting) as ${sql.ref(state)}`
  })
  const { rows } = await sql<Record<JobState, number>>`select ${sql.join(counts)}`.execute(database)
  const [row] = rows
  if (!row) throw new Error('A select without a table has one row.')
  return row
}

/**
 * Jobs that fit, with how many there are in all; the newest first unless said otherwise. It is
 * counted only so far behind the page that is asked for: whoever looks on asks again every second.
 */
export async function listJobs(
  database: Kysely<Tables>,
  query: JobQuery,
): Promise<{ total: number; jobs: ListedJob[] }> {
  const { orderBy = 'createdAt', ascending = false, offset = 0, limit } = query
  const direction = ascending ? 'asc' : 'desc'
  const fitting = selectFitting(database, query)
  const { total } = await database
    .selectFrom(
      fitting
        .select('jobs.id')
        .limit(offset + limit + countedAtMost)
        .as('fitting'),
    )
    .select(({ fn }) => fn.countAll<number>().as('total'))
    .executeTakeFirstOrThrow()
  const jobs = await selectListed(fitting)
    .orderBy(orders[orderBy], direction)
    .orderBy('jobs.id', direction)
    .offset(offset)
    .limit(limit)
    .execute()
  return { total, jobs }
}

const orders: Readonly<Record<JobOrder, ReturnType<typeof sql>>> = {
  updatedAt: sql`jobs.updated_at`,
  // Ids are given in that order, and have an index.
  createdAt: sql`jobs.id`,
  priority: sql`jobs.priority`,
  progress: sql`jobs.progress`,
  state: sql`array_position(${sql.val([...jobStates])}::text[], jobs.state)`,
}

function selectFitting(database: Kysely<Tables>, query: JobFilter) {
  const { states, types, videoId, runnerId, search } = query
  return database
    .selectFrom('jobs')
    .innerJoin('versions', 'versions.id', 'jobs.version_id')
    .innerJoin('videos', 'videos.id', 'versions.video_id')
    .leftJoin('runners', 'runners.id', 'jobs.runner_id')
    .$if(states !== undefined, (jobs) => jobs.where('jobs.state', 'in', states ?? []))
    .$if(types !== undefined, (jobs) => jobs.where('jobs.type', 'in', types ?? []))
    .$if(videoId !== undefined, (jobs) => jobs.where('versions.video_id', '=', videoId ?? ''))
    .$if(runnerId !== undefined, (jobs) => jobs.where('jobs.runner_id', '=', runnerId ?? 0))
    .$if(!!search, (jobs) => jobs.where(fits(search ?? '')))
}

function selectListed(fitting: ReturnType<typeof selectFitting>) {
  return fitting
    .leftJoin('jobs as parents', 'parents.id', 'jobs.parent_id')
    .selectAll('jobs')
    .select([
      'versions.video_id as videoId',
      'videos.name as videoName',
      'runners.name as runnerName',
      'runners.description as runnerDescription',
      'parents.uuid as parentUuid',
      'parents.type as parentType',
      'parents.state as parentState',
    ])
}

function fits(search: string): Expression<SqlBool> {
  if (uuidPattern.test(search)) return sql<SqlBool>`jobs.uuid = ${search}`
  const part = `%${search.replaceAll(/[\\%_]/g, (sign) => `\\${sign}`)}%`
  return sql<SqlBool>`(jobs.type ilike ${part} or jobs.label ilike ${part}
    or runners.name ilike ${part} or videos.name ilike ${part})`
}
