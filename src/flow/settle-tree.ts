import type { Transaction } from 'kysely'
import type { Tables } from '#database/tables.ts'
import { ReelmillError, toErrorRecord } from '#errors/reelmill-error.ts'
import { cancellableStates, cancelJob as recordCancelled } from '#jobs/cancel.ts'
import type { JobRow } from '#jobs/job.ts'
import { failVersion } from './advance.ts'
import { lockVersion } from './jobs-done.ts'
import type { Parts } from './parts.ts'

/**
 * An operator cancels a job; what waits for it is cancelled with it, and a version that cannot do
 * without it fails (runner protocol 1.5, call 14; D-93).
 *
 * @throws ReelmillError `job_not_found`; `job_state_conflict` for a job that is over or completing.
 */
export async function cancelJob(parts: Parts, uuid: string): Promise<void> {
  await withLockedJob(parts, uuid, (tx, job) => cancelLocked(parts, tx, job))
}

/**
 * An operator removes a job, and what waits for it goes too; one that is not over is cancelled first
 * (runner protocol 1.5, call 16).
 *
 * @throws ReelmillError `job_not_found`.
 */
export async function deleteJob(parts: Parts, uuid: string): Promise<void> {
  await withLockedJob(parts, uuid, async (tx, job) => {
    if (isCancellable(job)) await cancelLocked(parts, tx, job)
    await tx.deleteFrom('jobs').where('id', '=', job.id).execute()
  })
}

async function cancelLocked(parts: Parts, tx: Transaction<Tables>, job: JobRow): Promise<void> {
  await recordCancelled(tx, job.id)
  if (!job.required) return
  const error = toErrorRecord(new ReelmillError('job_cancelled'))
  await failVersion(parts, tx, { versionId: job.version_id, from: 'encoding', error })
}

function isCancellable({ state }: JobRow): boolean {
  return (cancellableStates as readonly string[]).includes(state)
}

/** Version first, then job: the order of locks (ARCHITECTURE.md). */
async function withLockedJob(
  parts: Parts,
  uuid: string,
  change: (tx: Transaction<Tables>, job: JobRow) => Promise<void>,
): Promise<void> {
  const found = await parts.database
    .selectFrom('jobs')
    .select('version_id')
    .where('uuid', '=', uuid)
    .executeTakeFirst()
  if (!found) throw new ReelmillError('job_not_found')
  await parts.database.transaction().execute(async (tx) => {
    await lockVersion(tx, found.version_id)
    const job = await tx
      .selectFrom('jobs')
      .selectAll()
      .where('uuid', '=', uuid)
      .forUpdate()
      .executeTakeFirst()
    if (!job) throw new ReelmillError('job_not_found')
    await change(tx, job)
  })
}
