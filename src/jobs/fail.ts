import { sql, type Transaction } from 'kysely'
import { notify } from '#database/notifications.ts'
import type { Tables } from '#database/tables.ts'
import { type ErrorRecord, ReelmillError } from '#errors/reelmill-error.ts'
import { endDescendants } from './children.ts'
import type { JobRow } from './job.ts'

interface Failure {
  readonly error: ErrorRecord
  /** The job is given up: see isGivenUp. */
  readonly isOver: boolean
  /** How long nobody is offered the job, when it is tried again. */
  readonly backOffMs: number
}

/**
 * processing or completing → pending with one failure more, or → errored when that is final or one
 * too many, and what waits for it with it (runner protocol 3.2). The job must be locked by `tx`. Who
 * failed is kept, so that another is asked first.
 */
export async function failJob(
  tx: Transaction<Tables>,
  job: JobRow,
  { error, isOver, backOffMs }: Failure,
): Promise<'pending' | 'errored'> {
  await recordFailure(tx, job, error)
  const { numUpdatedRows } = await tx
    .updateTable('jobs')
    .set({
      failures: job.failures + 1,
      job_token_hash: null,
      lease_expires_at: null,
      result: null,
      updated_at: sql`now()`,
      ...(isOver ? erroredValues(error) : pendingValues(backOffMs)),
    })
    .where('id', '=', job.id)
    .where('state', 'in', ['processing', 'completing'])
    .where('job_token_hash', '=', job.job_token_hash)
    .executeTakeFirst()
  if (numUpdatedRows === 0n) throw new ReelmillError('runner_job_not_in_processing_state')
  if (isOver) await endDescendants(tx, job.id, 'errored')
  else await notify(tx, 'jobs', {})
  return isOver ? 'errored' : 'pending'
}

function erroredValues(error: ErrorRecord) {
  return {
    state: 'errored' as const,
    error: JSON.stringify(error),
    finished_at: sql<Date>`now()`,
  }
}

function pendingValues(backOffMs: number) {
  return {
    state: 'pending' as const,
    runner_id: null,
    started_at: null,
    progress: 0,
    not_before: sql<Date>`now() + make_interval(secs => ${backOffMs / 1000})`,
  }
}

async function recordFailure(
  tx: Transaction<Tables>,
  job: JobRow,
  error: ErrorRecord,
): Promise<void> {
  await tx
    .insertInto('job_failures')
    .values({ job_id: job.id, runner_id: job.runner_id, error: JSON.stringify(error) })
    .execute()
}
