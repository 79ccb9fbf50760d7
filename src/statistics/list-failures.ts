import { type Kysely, sql } from 'kysely'
import type { Tables } from '#database/tables.ts'

/** Something that failed of late, with where to look. */
export interface RecentFailure {
  /** A video as a whole, or a try of a job, which others may have made good. */
  readonly kind: 'video' | 'try'
  readonly at: string
  /** Stable; one of docs/errors.md, or what a runner said. */
  readonly code: string
  readonly message: string
  readonly videoId: string
  readonly videoName: string
  readonly jobUuid: string | null
  readonly jobLabel: string | null
  readonly runnerName: string | null
}

export interface Failures {
  /** Failed tries and failed videos of the last day by their codes, the most frequent first. */
  readonly byCode: readonly { readonly code: string; readonly count: number }[]
  /** From the newest to the oldest. */
  readonly recent: readonly RecentFailure[]
}

const shown = 20
const codesShown = 10

/** What failed in the last day. */
export async function listFailures(database: Kysely<Tables>): Promise<Failures> {
  const { rows } = await sql<Omit<RecentFailure, 'at'> & { at: Date }>`
    (select 'video' as kind, versions.updated_at as at, ${codeOf('versions')} as code,
            ${messageOf('versions')} as message, videos.id as "videoId",
            videos.name as "videoName", null::text as "jobUuid", null as "jobLabel",
            null as "runnerName"
       from versions join videos on videos.id = versions.video_id
      where versions.state = 'failed' and versions.updated_at > now() - interval '1 day'
      order by versions.updated_at desc limit ${shown})
    union all
    (select 'try', job_failures.created_at, ${codeOf('job_failures')}, ${messageOf('job_failures')},
            videos.id, videos.name, jobs.uuid::text, jobs.label, runners.name
       from job_failures join jobs on jobs.id = job_failures.job_id
            join versions on versions.id = jobs.version_id
            join videos on videos.id = versions.video_id
            left join runners on runners.id = job_failures.runner_id
      where job_failures.created_at > now() - interval '1 day'
      order by job_failures.id desc limit ${shown})
    order by at desc limit ${shown}`.execute(database)
  const recent = rows.map(({ at, ...rest }) => ({ ...rest, at: at.toISOString() }))
  return { byCode: await countCodes(database), recent }
}

async function countCodes(database: Kysely<Tables>): Promise<Failures['byCode']> {
  const { rows } = await sql<{ code: string; count: number }>`
    select code, count(*)::int as count from (
      select ${codeOf('versions')} as code from versions
       where state = 'failed' and updated_at > now() - interval '1 day'
      union all
      select ${codeOf('job_failures')} from job_failures
       where created_at > now() - interval '1 day') failures
     group by code order by count desc, code limit ${codesShown}`.execute(database)
  return rows
}

function codeOf(table: 'versions' | 'job_failures') {
  return sql<string>`coalesce(${sql.ref(`${table}.error`)} ->> 'code', 'internal')`
}

function messageOf(table: 'versions' | 'job_failures') {
  return sql<string>`coalesce(${sql.ref(`${table}.error`)} ->> 'message', '')`
}
