import { sql, type Transaction } from 'kysely'
import { notify } from '#database/notifications.ts'
import type { Tables } from '#database/tables.ts'
import { catalogue, type ErrorCode } from '#errors/catalogue.ts'
import { type ErrorRecord, ReelmillError } from '#errors/reelmill-error.ts'
import { abortJob as returnJob } from '#jobs/abort.ts'
import { backOffMs } from '#jobs/back-off.ts'
import { failJob as recordFailedJob } from '#jobs/fail.ts'
import { findHeldJob } from '#jobs/find.ts'
import { lockHeldJob, lockJob } from '#jobs/hold.ts'
import type { JobCredentials, JobRow } from '#jobs/job.ts'
import type { Prospect } from '#jobs/judge-failure.ts'
import { findIncompleteTracks } from '#jobs/missing-segments.ts'
import { listOrderedSegments } from '#jobs/order.ts'
import type { JobPayload } from '#jobs/payload.ts'
import { findExpiredJobs, lockExpiredJob } from '#jobs/rescue.ts'
import { succeedJob as recordSucceededJob } from '#jobs/succeed.ts'
import { updateJob as recordUpdate } from '#jobs/update.ts'
import { isEarlyJob } from './early/early-job.ts'
import { settleEarlyFailure } from './early/settle-early-failure.ts'
import { tellExtraFailed } from './extra-failed.ts'
import { onJobCompleted, onJobErrored } from './jobs-done.ts'
import { judgeFailure, serversFaults } from './judge-ending.ts'
import { lockVersion } from './lock-version.ts'
import type { Parts } from './parts.ts'

type Tx = Transaction<Tables>

/** Twenty lines of ffmpeg, as JSON. */
const maxDetailsLength = 16_384

/** What a runner says about a job that it finished. */
export interface JobResult {
  readonly cpuSeconds: number
  readonly peakMemoryBytes: number
  /** Segments handed in, by track. */
  readonly segments: Readonly<Record<string, number>>
}

/** What a runner says about a job that it could not do. */
export interface JobFailure {
  readonly message: string
  /** A code of the catalogue, from runners that have one. */
  readonly code?: ErrorCode | undefined
  /** False from a runner that knows that trying again cannot help. */
  readonly retryable?: boolean | undefined
  /** Kept with the job and shown with the video where they are short enough. */
  readonly details?: Readonly<Record<string, unknown>> | undefined
}

interface Failure extends JobFailure {
  /** A runner says so, and the server has not seen it. */
  readonly isClaim?: boolean
}

/**
 * A runner is alive and this far: 0 to 1; undefined: as far as before. The lease starts anew, and
 * whoever watches the video is told when something moved.
 *
 * @throws ReelmillError `runner_job_not_found`, `runner_job_not_in_processing_state`.
 */
export async function updateJob(
  parts: Parts,
  credentials: JobCredentials,
  progress?: number,
): Promise<void> {
  const { leaseSeconds } = parts.config
  const updated = await recordUpdate(parts.database, credentials, { progress, leaseSeconds })
  if (!updated || progress === undefined) return
  const { videoId } = await parts.database
    .selectFrom('versions')
    .select('video_id as videoId')
    .where('id', '=', updated.versionId)
    .executeTakeFirstOrThrow()
  await notify(parts.database, 'video', { videoId })
}

/**
 * A runner finished a job: it becomes completed and the version moves on with it, in one
 * transaction. Saying so twice has effect once.
 *
 * @throws ReelmillError `result_incomplete` when segments are missing (nothing changes);
 * `runner_job_not_found`, `runner_job_not_in_processing_state`.
 */
export async function succeedJob(
  parts: Parts,
  credentials: JobCredentials,
  result: JobResult,
): Promise<void> {
  const { version_id } = await findHeldJob(parts.database, credentials)
  await parts.database.transaction().execute(async (tx) => {
    await lockVersion(tx, version_id)
    const job = await lockJob(tx, credentials)
    if (job.state === 'completed') return
    await refuseIncomplete(tx, job, result)
    await recordSucceededJob(tx, job, result)
    await keepPeakMemory(tx, version_id, result.peakMemoryBytes)
    await onJobCompleted(parts, tx, job)
  })
}

/**
 * A runner could not do a job: another try is offered, or the job and with it the version fail.
 *
 * @throws ReelmillError `runner_job_not_found`, `runner_job_not_in_processing_state`.
 */
export async function failJob(
  parts: Parts,
  credentials: JobCredentials,
  failure: JobFailure,
): Promise<void> {
  const { version_id } = await findHeldJob(parts.database, credentials)
  await parts.database.transaction().execute(async (tx) => {
    await lockVersion(tx, version_id)
    const job = await lockHeldJob(tx, credentials)
    await settleFailure(parts, tx, job, { ...failure, isClaim: true })
  })
}

/**
 * A runner gives a job back; no failure is counted.
 *
 * @throws ReelmillError `runner_job_not_found`, `runner_job_not_in_processing_state`.
 */
export async function abortJob(parts: Parts, credentials: JobCredentials): Promise<void> {
  await parts.database.transaction().execute(async (tx) => {
    await returnJob(tx, await lockHeldJob(tx, credentials))
  })
}

/**
 * Takes the jobs of silent runners back, each in a transaction of its own; a lost lease is a failure,
 * so that a job which kills its runners ends (runner protocol 3.2). To be called every few seconds;
 * any number of servers may. Returns how many there were.
 */
export async function rescueJobs(parts: Parts): Promise<number> {
  let rescued = 0
  for (const { id, version_id } of await findExpiredJobs(parts.database)) {
    try {
      if (await rescueJob(parts, id, version_id)) rescued += 1
    } catch (error) {
      // One that cannot be settled now must not keep the others; it is met again.
      parts.log.error({ err: error, job: id }, 'a job could not be taken back')
    }
  }
  if (rescued > 0) parts.log.warn({ jobs: rescued }, 'took jobs back from silent runners')
  return rescued
}

function rescueJob(parts: Parts, id: number, versionId: string): Promise<boolean> {
  return parts.database.transaction().execute(async (tx) => {
    await lockVersion(tx, versionId)
    const job = await lockExpiredJob(tx, id)
    if (!job) return false
    const message = catalogue.runner_lost.sentence
    await settleFailure(parts, tx, job, { code: 'runner_lost', message })
    return true
  })
}

/**
 * What becomes of a job that `tx` has locked and that could not be done: another try, or its end and
 * with it that of a version that needs it.
 */
export async function settleFailure(
  parts: Parts,
  tx: Tx,
  job: JobRow,
  failure: Failure,
): Promise<void> {
  const error = toRecord(failure)
  if (isEarlyJob(job) && isOfWork(error)) return settleEarlyFailure(parts, tx, job, error)
  const isOver = await judgeFailure(parts, tx, job, { error, prospect: prospectOf(failure) })
  const state = await recordFailedJob(tx, job, {
    error,
    isOver,
    // A lost lease, or the start of a server, was wait enough.
    backOffMs: isLost(error) ? 0 : backOffMs(job.failures + 1),
  })
  parts.log.warn({ job: job.uuid, label: job.label, state, error }, 'a job failed')
  if (state !== 'errored') return
  await (job.required ? onJobErrored(parts, tx, job, error) : tellExtraFailed(tx, job, error))
}

function isLost({ code }: ErrorRecord): boolean {
  return code === 'runner_lost' || code === 'server_lost'
}

/** The work itself failed; neither was the runner lost nor its server. */
function isOfWork(error: ErrorRecord): boolean {
  return !isLost(error) && !serversFaults.has(error.code)
}

/** A runner is half trusted: what it tells at length is left out. */
function toRecord({ code = 'runner_failed', message, details }: JobFailure): ErrorRecord {
  const isShort = details !== undefined && JSON.stringify(details).length <= maxDetailsLength
  return isShort ? { code, message, details } : { code, message }
}

/** What is wrong with a runner may be right with the next; what is wrong with the media never is. */
function prospectOf({ code, retryable, isClaim = false }: Failure): Prospect {
  const isHopeless =
    code === undefined
      ? retryable === false
      : catalogue[code].blame !== 'runner' && !catalogue[code].retryable
  if (!isHopeless) return 'open'
  return isClaim ? 'claimed' : 'settled'
}

async function refuseIncomplete(tx: Tx, job: JobRow, result: JobResult): Promise<void> {
  if (job.state !== 'processing') throw new ReelmillError('runner_job_not_in_processing_state')
  // Sound: what planning ordered, kept as it was.
  const payload = job.payload as unknown as JobPayload
  const ordered = listOrderedSegments(payload, result.segments)
  const incomplete = await findIncompleteTracks(tx, job.version_id, ordered)
  if (incomplete.length === 0) return
  throw new ReelmillError('result_incomplete', `Segments are missing of: ${incomplete.join(', ')}.`)
}

async function keepPeakMemory(tx: Tx, versionId: string, bytes: number): Promise<void> {
  await tx
    .updateTable('versions')
    .set({ peak_memory_bytes: sql`greatest(peak_memory_bytes, ${Math.round(bytes)}::bigint)` })
    .where('id', '=', versionId)
    .execute()
}
