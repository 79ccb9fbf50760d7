import type { Logger } from 'pino'
import { toReelmillError } from '#errors/reelmill-error.ts'
import type { Programs } from '#media/ffmpeg/programs.ts'
import type { FileWorks, TranscriptionEngine } from '#stages/encoding/files/file-work.ts'
import type { Works } from '#stages/encoding/work.ts'
import type { AcceptedJob } from './answers.ts'
import type { JobHolder, RunnerApi } from './api.ts'
import { isJobLost, isTemporary } from './call.ts'
import { doFileJob } from './file-job.ts'
import { isFileJobType } from './file-payload-schemas.ts'
import type { Openings } from './openings.ts'
import { type ProgressReports, startProgressReports } from './progress-reports.ts'
import { callPatiently } from './retry.ts'
import type { Scratch } from './scratch.ts'
import { doSegmentJob } from './segment-job.ts'

/** What the jobs of a runner for one server have in common. */
export interface Workshop {
  readonly api: RunnerApi
  readonly server: string
  /** The server started this runner on its own machine: it may name files to be read. */
  readonly readsInPlace: boolean
  readonly works: Works
  /** The whole-file works that this runner does; the types that are missing are not asked for. */
  readonly fileWorks: Partial<FileWorks>
  readonly transcription: TranscriptionEngine | null
  readonly scratch: Scratch
  readonly openings: Openings
  readonly threads: number
  /** How much its programs give way to others, 0 to 19. */
  readonly niceness: number
  readonly programs: Programs
  /** Fires when the runner stops. */
  readonly signal: AbortSignal
  readonly log: Logger
}

/** What one kind of job needs to be done and handed in. */
export interface Hands {
  readonly holder: JobHolder
  /** Fires when the job is no longer ours, or the runner stops. */
  readonly signal: AbortSignal
  /** Passes a call's outcome on, and notices when it says that the job is no longer ours. */
  readonly watch: <T>(call: Promise<T>) => Promise<T>
  readonly reports: ProgressReports
  readonly log: Logger
}

/**
 * Does an accepted job to its end, whatever that is: success, error, given back because the runner
 * stops, or taken away. Its folder is gone afterwards. Never rejects: what went wrong is told to the
 * server and the log.
 */
export async function workOnJob(
  shop: Workshop,
  job: AcceptedJob,
  runnerToken: string,
): Promise<void> {
  const holder: JobHolder = { uuid: job.uuid, jobToken: job.jobToken, runnerToken }
  const log = shop.log.child({ job: job.uuid, type: job.type })
  const isFileJob = isFileJobType(job.type)
  const lost = new AbortController()
  const signal = AbortSignal.any([shop.signal, lost.signal])
  const watch = watchFor(lost)
  const tell = isFileJob ? shop.api.updateByForm : shop.api.update
  const reports = startProgressReports({
    send: (progress) => watch(tell(holder, progress)),
    onFailure: (error) => log.debug({ err: error }, 'progress was not told'),
    signal,
    leaseSeconds: job.leaseSeconds,
  })
  try {
    const hands: Hands = { holder, signal, watch, reports, log }
    const done = await (isFileJob ? doFileJob : doSegmentJob)(shop, job, hands)
    log.info({ cpuSeconds: done.cpuSeconds, wallSeconds: done.wallSeconds }, 'job done')
  } catch (error) {
    await reports.stop()
    if (lost.signal.aborted)
      log.warn({ reason: reasonOf(lost.signal) }, 'the job is no longer ours')
    else await endBadly({ ...shop, log }, holder, error)
  } finally {
    await shop.scratch.close(job.uuid).catch((error: unknown) => {
      log.error({ err: error }, 'a work folder could not be removed')
    })
  }
}

/** Calls whose outcome tells whether the job is still ours; the work ends when it is not. */
function watchFor(lost: AbortController) {
  return async <T>(call: Promise<T>): Promise<T> => {
    try {
      return await call
    } catch (error) {
      if (isJobLost(error)) lost.abort(error)
      throw error
    }
  }
}

/** Gives the job back when the runner stops, else says what is wrong; the lease ends it if need be. */
async function endBadly(shop: Workshop, holder: JobHolder, error: unknown): Promise<void> {
  const { api, signal, log } = shop
  const isStopping = signal.aborted
  const { code, message, retryable, details } = toReelmillError(error)
  if (!isStopping) log.warn({ err: error }, 'job failed')
  const tell = isStopping
    ? api.abort(holder, 'The runner stopped.')
    : callPatiently(() => api.error(holder, { message, code, retryable, details }), { signal })
  await tell.catch((failure: unknown) => {
    // Taken away meanwhile, as when its video was deleted: nobody waits for its end.
    if (isJobLost(failure)) return log.info('the job is no longer ours')
    const level = isTemporary(failure) ? 'warn' : 'error'
    log[level]({ err: failure }, 'the server could not be told how the job ended')
  })
}

function reasonOf({ reason }: AbortSignal): string {
  return reason instanceof Error ? reason.message : String(reason)
}
