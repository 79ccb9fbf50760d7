import { sql } from 'kysely'

/** What a job is when it goes back to the others without a failure: as if nobody had taken it. */
export const putBack = {
  state: 'pending',
  runner_id: null,
  job_token_hash: null,
  lease_expires_at: null,
  started_at: null,
  progress: 0,
  updated_at: sql<Date>`now()`,
} as const
