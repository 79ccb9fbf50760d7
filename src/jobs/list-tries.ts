import { type Kysely, sql } from 'kysely'
import type { Tables } from '#database/tables.ts'
import type { JobRow } from './job.ts'

/** A failed try, as it was recorded. */
export interface RecordedTry {
  readonly runnerId: number | null
  readonly code: string
  readonly isRunnerSetAside: boolean
}

/**
 * The failed tries that `failures` of a job counts, the latest first: a retry of the video starts the
 * count anew, and what is older than 30 days is swept, so there may be more or fewer rows than that.
 */
export async function listTries(
  database: Kysely<Tables>,
  { id, failures }: Pick<JobRow, 'id' | 'failures'>,
): Promise<RecordedTry[]> {
  if (failures === 0) return []
  const rows = await database
    .selectFrom('job_failures')
    .leftJoin('runners', 'runners.id', 'job_failures.runner_id')
    .select([
      'job_failures.runner_id as runnerId',
      sql<string>`coalesce(job_failures.error ->> 'code', '')`.as('code'),
      sql<boolean>`coalesce(runners.state = 'set_aside', false)`.as('isRunnerSetAside'),
    ])
    .where('job_id', '=', id)
    .orderBy('job_failures.id', 'desc')
    .limit(failures)
    .execute()
  const unknown: RecordedTry = { runnerId: null, code: '', isRunnerSetAside: false }
  return [...rows, ...Array.from({ length: failures - rows.length }, () => unknown)]
}

/** A failed try, for people. */
export interface TryView {
  readonly at: Date
  /** null: nobody knows any more. */
  readonly runner: { readonly id: number; readonly name: string } | null
  /** With the last lines of the program that failed in `details.ffmpeg`, where there are any. */
  readonly error: Readonly<Record<string, unknown>>
}

/** As many tries as people want to read. */
const mostShown = 50

/** The failed tries of a job that are still known, the latest first; also those before a retry. */
export async function readTries(database: Kysely<Tables>, jobId: number): Promise<TryView[]> {
  const rows = await database
    .selectFrom('job_failures')
    .leftJoin('runners', 'runners.id', 'job_failures.runner_id')
    .select(['job_failures.created_at as at', 'job_failures.error', 'runners.id', 'runners.name'])
    .where('job_id', '=', jobId)
    .orderBy('job_failures.id', 'desc')
    .limit(mostShown)
    .execute()
  return rows.map(({ at, error, id, name }) => ({
    at,
    error,
    runner: id === null || name === null ? null : { id, name },
  }))
}
