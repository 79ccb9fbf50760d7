import type { Transaction } from 'kysely'
import type { Tables } from '#database/tables.ts'
import { ReelmillError } from '#errors/reelmill-error.ts'
import { selectJobByCredentials } from './find.ts'
import type { JobCredentials, JobRow } from './job.ts'

/**
 * Locks a runner's job until `tx` ends and proves that it still is that runner's, so that what `tx`
 * writes cannot come after the job was taken away.
 *
 * Whoever locks the version too does that first, as cancelling does: else the two wait for each
 * other.
 *
 * @throws ReelmillError `runner_job_not_found`; `runner_job_not_in_processing_state` when the job is
 * this runner's and over.
 */
export async function lockHeldJob(
  tx: Transaction<Tables>,
  credentials: JobCredentials,
): Promise<JobRow> {
  return requireProcessing(await lockJob(tx, credentials))
}

/**
 * The same for what takes long, as a slow storage does: nobody can take the job away until `tx` ends,
 * but its runner can say that it is alive. Whoever takes a job from its runner therefore locks the row
 * `for update` first, which waits for this; an update by itself would not.
 *
 * @throws ReelmillError as `lockHeldJob`.
 */
export async function keepHeldJob(
  tx: Transaction<Tables>,
  credentials: JobCredentials,
): Promise<JobRow> {
  const job = await selectJobByCredentials(tx, credentials)
    .selectAll('jobs')
    .forKeyShare('jobs')
    .executeTakeFirst()
  return requireProcessing(job)
}

/**
 * The same as `lockHeldJob` in whatever state, for the calls that may come late.
 *
 * @throws ReelmillError `runner_job_not_found`.
 */
export async function lockJob(
  tx: Transaction<Tables>,
  credentials: JobCredentials,
): Promise<JobRow> {
  const job = await selectJobByCredentials(tx, credentials)
    .selectAll('jobs')
    .forUpdate('jobs')
    .executeTakeFirst()
  if (!job) throw new ReelmillError('runner_job_not_found')
  return job
}

/**
 * Locks a job whose result the server looks at; false when somebody else ended it, or it is another
 * runner's by now. What was found in the result must then not be written.
 */
export async function lockCompletingJob(
  tx: Transaction<Tables>,
  job: Pick<JobRow, 'id' | 'job_token_hash'>,
): Promise<boolean> {
  const row = await tx
    .selectFrom('jobs')
    .select('id')
    .where('id', '=', job.id)
    .where('state', '=', 'completing')
    .where('job_token_hash', '=', job.job_token_hash)
    .forUpdate()
    .executeTakeFirst()
  return row !== undefined
}

function requireProcessing(job: JobRow | undefined): JobRow {
  if (!job) throw new ReelmillError('runner_job_not_found')
  if (job.state === 'processing') return job
  throw new ReelmillError('runner_job_not_in_processing_state')
}
