import { sql, type Transaction } from 'kysely'
import { notify } from '#database/notifications.ts'
import type { JobState, Tables } from '#database/tables.ts'
import { ReelmillError } from '#errors/reelmill-error.ts'
import { endDescendants } from './children.ts'

const cancelled = {
  state: 'cancelled',
  job_token_hash: null,
  lease_expires_at: null,
  result: null,
  finished_at: sql<Date>`now()`,
  updated_at: sql<Date>`now()`,
} as const

/** States in which a job can still be cancelled (runner protocol 3.2). */
export const cancellableStates = [
  'pending',
  'processing',
  'waiting_for_parent',
] as const satisfies readonly JobState[]

/**
 * → cancelled for every job of a version that is not over. Runners that hold one learn it from the
 * 404 to their next call. `tx` holds the version's row, so nobody else locks several of its jobs; a
 * segment that is just being handed in is waited for. Returns how many there were.
 */
export async function cancelJobs(tx: Transaction<Tables>, versionId: string): Promise<number> {
  const states = [...cancellableStates, 'completing'] as const
  await tx
    .selectFrom('jobs')
    .select('id')
    .where('version_id', '=', versionId)
    .where('state', 'in', states)
    .orderBy('id')
    .forUpdate()
    .execute()
  const { numUpdatedRows } = await tx
    .updateTable('jobs')
    .set(cancelled)
    .where('version_id', '=', versionId)
    .where('state', 'in', states)
    .executeTakeFirst()
  if (numUpdatedRows > 0n) await notify(tx, 'ended', {})
  return Number(numUpdatedRows)
}

/**
 * pending, processing, waiting_for_parent → cancelled for one job, and parent_cancelled for what
 * waits for it (runner protocol 3.2; D-93). `tx` holds the version's row.
 *
 * @throws ReelmillError `job_state_conflict` in any other state.
 */
export async function cancelJob(tx: Transaction<Tables>, jobId: number): Promise<void> {
  const { numUpdatedRows } = await tx
    .updateTable('jobs')
    .set(cancelled)
    .where('id', '=', jobId)
    .where('state', 'in', cancellableStates)
    .executeTakeFirst()
  if (numUpdatedRows === 0n) throw new ReelmillError('job_state_conflict')
  await endDescendants(tx, jobId, 'cancelled')
  await notify(tx, 'ended', {})
}
