import { type Kysely, sql } from 'kysely'
import type { Tables } from '#database/tables.ts'
import type { ErrorRecord } from '#errors/reelmill-error.ts'

/** Something that went wrong with a video: a try of a job, or a step of the server. */
export interface FailureView {
  /** ISO 8601. */
  readonly at: string
  /** Number of the version. */
  readonly version: number
  /** null: of a step of the server, which ended the version. */
  readonly job: { readonly uuid: string; readonly label: string; readonly type: string } | null
  readonly runner: string | null
  readonly code: string
  readonly message: string
  /** The last lines that ffmpeg wrote; none where another thing failed. */
  readonly log: readonly string[]
  /** Facts beside the log lines. */
  readonly details: Readonly<Record<string, unknown>>
}

/**
 * What went wrong with a video, the latest first: failed tries of its jobs, which are kept for 30
 * days, and the ends of versions that no job brought about (P-43, U124).
 */
export async function listFailures(
  database: Kysely<Tables>,
  videoId: string,
  limit: number,
): Promise<FailureView[]> {
  const [tries, ends] = await Promise.all([
    listTries(database, videoId, limit),
    listEnds(database, videoId, limit),
  ])
  return [...tries, ...ends]
    .toSorted((a, b) => b.at.getTime() - a.at.getTime())
    .slice(0, limit)
    .map(toView)
}

interface Failure {
  readonly at: Date
  readonly version: number
  readonly uuid: string | null
  readonly label: string | null
  readonly type: string | null
  readonly runner: string | null
  readonly error: ErrorRecord
}

function listTries(database: Kysely<Tables>, videoId: string, limit: number): Promise<Failure[]> {
  return database
    .selectFrom('job_failures')
    .innerJoin('jobs', 'jobs.id', 'job_failures.job_id')
    .innerJoin('versions', 'versions.id', 'jobs.version_id')
    .leftJoin('runners', 'runners.id', 'job_failures.runner_id')
    .select(['job_failures.created_at as at', 'versions.number as version'])
    .select(['jobs.uuid', 'jobs.label', 'jobs.type', 'runners.name as runner'])
    .select(sql<ErrorRecord>`job_failures.error`.as('error'))
    .where('versions.video_id', '=', videoId)
    .orderBy('job_failures.id', 'desc')
    .limit(limit)
    .execute()
}

/** Of failed versions whose error is not the one that a job was given up with. */
function listEnds(database: Kysely<Tables>, videoId: string, limit: number): Promise<Failure[]> {
  return database
    .selectFrom('versions')
    .select(['updated_at as at', 'number as version'])
    .select([
      sql<null>`null`.as('uuid'),
      sql<null>`null`.as('label'),
      sql<null>`null`.as('type'),
      sql<null>`null`.as('runner'),
      sql<ErrorRecord>`error`.as('error'),
    ])
    .where('video_id', '=', videoId)
    .where('error', 'is not', null)
    .where(
      sql<boolean>`not exists (
        select 1 from jobs join job_failures on job_failures.job_id = jobs.id
         where jobs.version_id = versions.id and job_failures.error = versions.error)`,
    )
    .orderBy('number', 'desc')
    .limit(limit)
    .execute()
}

function toView({ at, version, uuid, label, type, runner, error }: Failure): FailureView {
  const { ffmpeg, ...details } = error.details ?? {}
  const log = Array.isArray(ffmpeg) ? ffmpeg.map(String) : []
  const job = uuid === null || label === null || type === null ? null : { uuid, label, type }
  const { code, message } = error
  return { at: at.toISOString(), version, job, runner, code, message, log, details }
}
