import { sql, type Transaction } from 'kysely'
import { notify } from '#database/notifications.ts'
import type { Tables } from '#database/tables.ts'
import { ReelmillError, toErrorRecord } from '#errors/reelmill-error.ts'
import { cancellableStates, cancelJob as recordCancelled } from '#jobs/cancel.ts'
import type { JobRow } from '#jobs/job.ts'
import { failVersion } from './advance.ts'
import type { Parts } from './parts.ts'
import { withLockedJob } from './with-locked-job.ts'

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
 * An operator removes a job with all that was made to follow it, over or not (runner protocol 1.5,
 * call 16). A version that still needed one of them fails, for nothing would ever move it on.
 *
 * @throws ReelmillError `job_not_found`.
 */
export async function deleteJob(parts: Parts, uuid: string): Promise<void> {
  await withLockedJob(parts, uuid, async (tx, job) => {
    if (await isNeeded(tx, job.id)) await failForJob(parts, tx, job)
    await tx.deleteFrom('jobs').where('id', '=', job.id).execute()
    await notify(tx, 'ended', {})
  })
}

async function cancelLocked(parts: Parts, tx: Transaction<Tables>, job: JobRow): Promise<void> {
  await recordCancelled(tx, job.id)
  if (job.required) await failForJob(parts, tx, job)
}

async function failForJob(parts: Parts, tx: Transaction<Tables>, job: JobRow): Promise<void> {
  const error = toErrorRecord(new ReelmillError('job_cancelled'))
  await failVersion(parts, tx, { versionId: job.version_id, from: 'encoding', error })
}

/** Whether a job, or one below it, is not over and its version cannot do without it. */
async function isNeeded(tx: Transaction<Tables>, jobId: number): Promise<boolean> {
  const { rows } = await sql`
    with recursive tree as (
      select id, required, state from jobs where id = ${jobId}
      union
      select jobs.id, jobs.required, jobs.state from jobs join tree on jobs.parent_id = tree.id
    )
    select 1 from tree
     where required and state = any(${[...cancellableStates, 'completing']}) limit 1`.execute(tx)
  return rows.length > 0
}
