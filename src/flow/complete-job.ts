import { toDatabaseError } from '#database/connection.ts'
import type { Attempt } from '#database/step-run.ts'
import { isOutage } from '#errors/is-outage.ts'
import { ReelmillError, toReelmillError } from '#errors/reelmill-error.ts'
import { lockCompletingJob } from '#jobs/hold.ts'
import type { JobRow } from '#jobs/job.ts'
import { type StagedResult, stagingPrefix } from '#jobs/result.ts'
import { succeedJob as recordSucceededJob } from '#jobs/succeed.ts'
import { findJobKind } from './job-kinds/job-kinds.ts'
import { onJobCompleted } from './jobs-done.ts'
import { lockVersion } from './lock-version.ts'
import type { Parts } from './parts.ts'
import { withScratch } from './scratch.ts'
import { settleFailure } from './settle.ts'
import { loadVersion } from './version.ts'

/** Results that servers died of this often are blamed for it. */
const maxCrashes = 5

/** What the step is told; the staged files can be found even when the row is gone. */
export interface CompletingData {
  readonly jobId: number
  readonly uuid: string
  /** Where the files of the call wait that this step is about. */
  readonly folder: string
}

/**
 * Looks at a result that was handed in, puts it where it belongs and completes the job, with its
 * children released and the version moved on in the same transaction. A job that is not completing
 * any more (cancelled, deleted, done by another server) only loses its staged files.
 *
 * A result that is not what was ordered is a failure of the runner: the job is offered again. When
 * the storage or the database is at fault, the step is tried again for as long as that lasts (WD5).
 * Any other fault of ours that stays, as a program that dies of the file, ends as a failed try too:
 * the next result may do better, and nothing is tried for ever.
 */
export async function completeJob(
  parts: Parts,
  data: CompletingData,
  attempt: Attempt,
): Promise<void> {
  const job = await findCompleting(parts, data.jobId)
  if (job) {
    try {
      if (attempt.crashes > maxCrashes) throw new ReelmillError('step_deadly')
      await complete(parts, job, attempt.signal)
    } catch (error) {
      await meetFailure(parts, job, error, attempt)
    }
  }
  await removeStaged(parts, data)
}

/**
 * All that was ever staged of a job that is over. Of one that goes on, only what this step was about:
 * the step may be late, and the job in the hands of another runner, whose result is there already.
 */
async function removeStaged(
  { database, storage }: Parts,
  { jobId, uuid, folder }: CompletingData,
): Promise<void> {
  const open = await database
    .selectFrom('jobs')
    .select('id')
    .where('id', '=', jobId)
    .where('state', 'in', ['pending', 'processing', 'completing'])
    .executeTakeFirst()
  await storage.deleteAll(open ? folder : stagingPrefix(uuid))
}

async function findCompleting({ database }: Parts, jobId: number): Promise<JobRow | null> {
  const job = await database
    .selectFrom('jobs')
    .selectAll()
    .where('id', '=', jobId)
    .where('state', '=', 'completing')
    .executeTakeFirst()
  return job ?? null
}

async function complete(parts: Parts, job: JobRow, signal: AbortSignal): Promise<void> {
  const version = await loadVersion(parts.database, job.version_id)
  const result = job.result as unknown as StagedResult
  await withScratch(parts, async (scratch) => {
    const kind = findJobKind(job)
    const settle = await kind.complete(parts, { job, version, result, scratch, signal })
    await parts.database.transaction().execute(async (tx) => {
      await lockVersion(tx, job.version_id)
      if (!(await lockCompletingJob(tx, job))) return
      await settle(tx)
      await recordSucceededJob(tx, job, { cpuSeconds: readCpuSeconds(result) })
      await onJobCompleted(parts, tx, job)
    })
  })
}

async function meetFailure(
  parts: Parts,
  job: JobRow,
  error: unknown,
  { last, signal }: Attempt,
): Promise<void> {
  const known = toReelmillError(toDatabaseError(error))
  if (known.code === 'video_not_found') return
  const isRunners = known.blame === 'runner' || known.blame === 'media'
  if (signal.aborted || (!isRunners && (!last || isAway(known)))) throw error
  parts.log.warn({ err: error, job: job.uuid }, 'a result was refused')
  const { code, message, details } = known
  await parts.database.transaction().execute(async (tx) => {
    await lockVersion(tx, job.version_id)
    if (!(await lockCompletingJob(tx, job))) return
    await settleFailure(parts, tx, job, { code, message, details })
  })
}

/** Also what the system says of files and sockets: no driver has words for every disk. */
function isAway(error: ReelmillError): boolean {
  return isOutage(error) || (error.cause instanceof Error && 'syscall' in error.cause)
}

/** Runners of other makes do not tell. */
function readCpuSeconds({ fields }: StagedResult): number | null {
  const seconds = Number(fields['cpuSeconds'] ?? Number.NaN)
  return Number.isFinite(seconds) && seconds >= 0 ? seconds : null
}
