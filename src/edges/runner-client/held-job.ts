import { access, constants } from 'node:fs/promises'
import type { Logger } from 'pino'
import { ReelmillError, toReelmillError } from '#errors/reelmill-error.ts'
import type { JobPayload } from '#jobs/payload.ts'
import type { Programs } from '#media/ffmpeg/programs.ts'
import type { SourceLocation, WorkContext, WorkResult, Works } from '#stages/encoding/work.ts'
import type { AcceptedJob } from './answers.ts'
import { holderHeaders, type JobHolder, type RunnerApi } from './api.ts'
import { isJobLost, isTemporary } from './call.ts'
import { type ProgressReports, startProgressReports } from './progress-reports.ts'
import { callPatiently } from './retry.ts'
import type { Scratch } from './scratch.ts'

/** What the jobs of a runner have in common. */
export interface Workshop {
  readonly api: RunnerApi
  readonly server: string
  readonly works: Works
  readonly scratch: Scratch
  readonly threads: number
  readonly programs: Programs
  /** Fires when the runner stops. */
  readonly signal: AbortSignal
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
  const lost = new AbortController()
  const signal = AbortSignal.any([shop.signal, lost.signal])
  const watch = async <T>(call: Promise<T>): Promise<T> => {
    try {
      return await call
    } catch (error) {
      if (isJobLost(error)) lost.abort(error)
      throw error
    }
  }
  const reports = startProgressReports({
    send: (progress) => watch(shop.api.update(holder, progress)),
    onFailure: (error) => log.debug({ err: error }, 'progress was not told'),
    signal,
  })
  try {
    const result = await doWork(shop, job, { holder, signal, watch, reports })
    await reports.stop()
    await watch(callPatiently(() => shop.api.success(holder, result), { signal }))
    log.info({ cpuSeconds: result.cpuSeconds, wallSeconds: result.wallSeconds }, 'job done')
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

interface Hands {
  readonly holder: JobHolder
  readonly signal: AbortSignal
  readonly watch: <T>(call: Promise<T>) => Promise<T>
  readonly reports: ProgressReports
}

async function doWork(shop: Workshop, job: AcceptedJob, hands: Hands): Promise<WorkResult> {
  const { holder, signal, watch, reports } = hands
  const handIn = (track: string, part: string, bytes: Buffer) =>
    watch(callPatiently(() => shop.api.handIn(holder, track, part, bytes), { signal }))
  const context = {
    source: await locateSource(shop.server, job, holder),
    scratch: await shop.scratch.open(holder),
    signal,
    threads: shop.threads,
    programs: shop.programs,
    report: (progress: number) => reports.report(progress),
    handIn: {
      init: async (track: string, bytes: Buffer) => void (await handIn(track, 'init', bytes)),
      segment: async (track: string, number: number, bytes: Buffer) =>
        void (await handIn(track, `segments/${number}`, bytes)),
    },
  }
  // A work listens for the signal, and would miss one that fired before.
  signal.throwIfAborted()
  // Sound: it comes from the server's planning; a stranger's would fail in its work.
  const payload = { ...job.payload, type: job.type } as unknown as JobPayload
  return runWork(shop.works, payload, context)
}

async function runWork(
  works: Works,
  payload: JobPayload,
  context: Omit<WorkContext, 'payload'>,
): Promise<WorkResult> {
  switch (payload.type) {
    case 'vod-chunk-encoding':
      return works[payload.type]({ ...context, payload })
    case 'vod-audio-encoding':
      return works[payload.type]({ ...context, payload })
  }
  throw new ReelmillError('runner_failed', 'This runner does not know the type of the job.')
}

/**
 * The file itself where server and runner share it, else the server's address for it. Only the path
 * of that address is used: this runner reaches the server by a name that may not be the public one.
 */
async function locateSource(
  server: string,
  { payload }: AcceptedJob,
  holder: JobHolder,
): Promise<SourceLocation> {
  const { url, path } = payload.input
  if (path !== undefined && (await isReadable(path))) return { kind: 'file', path }
  // Set, not resolved: a path that begins with "//" would name another host, and get our tokens.
  const location = new URL(server)
  location.pathname = new URL(url, server).pathname
  return { kind: 'http', url: location.href, headers: holderHeaders(holder) }
}

async function isReadable(path: string): Promise<boolean> {
  try {
    await access(path, constants.R_OK)
    return true
  } catch {
    // Another machine's path, or another user's: the server's address remains.
    return false
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
