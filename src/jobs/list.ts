import type { Kysely } from 'kysely'
import type { JobState, Tables } from '#database/tables.ts'

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

/** A job as people see it. */
export interface JobView {
  readonly uuid: string
  readonly type: string
  readonly label: string
  readonly state: JobState
  readonly videoId: string
  readonly runner: string | null
  readonly priority: number
  /** 0 to 1. */
  readonly progress: number
  readonly failures: number
  readonly error: Readonly<Record<string, unknown>> | null
  readonly createdAt: Date
  readonly startedAt: Date | null
  readonly finishedAt: Date | null
}

interface Filter {
  readonly state?: JobState | undefined
  readonly videoId?: string | undefined
  readonly limit: number
}

/** Jobs, the newest first. */
export async function listJobs(
  database: Kysely<Tables>,
  { state, videoId, limit }: Filter,
): Promise<JobView[]> {
  return database
    .selectFrom('jobs')
    .innerJoin('versions', 'versions.id', 'jobs.version_id')
    .leftJoin('runners', 'runners.id', 'jobs.runner_id')
    .select([
      'jobs.uuid',
      'jobs.type',
      'jobs.label',
      'jobs.state',
      'versions.video_id as videoId',
      'runners.name as runner',
      'jobs.priority',
      'jobs.progress',
      'jobs.failures',
      'jobs.error',
      'jobs.created_at as createdAt',
      'jobs.started_at as startedAt',
      'jobs.finished_at as finishedAt',
    ])
    .$if(state !== undefined, (jobs) => jobs.where('jobs.state', '=', state as JobState))
    .$if(videoId !== undefined, (jobs) => jobs.where('versions.video_id', '=', videoId as string))
    .orderBy('jobs.id', 'desc')
    .limit(limit)
    .execute()
}
