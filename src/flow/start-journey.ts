import { renewLeases } from '#jobs/renew-leases.ts'
import { type CompletingData, completeJob } from './complete-job.ts'
import { watchUploads } from './early/watch-uploads.ts'
import { importing } from './imports/begin-import.ts'
import { runImport } from './imports/run-import.ts'
import { keepStatistics } from './keep-statistics.ts'
import { startSendingWebhooks } from './notifying/send-webhooks.ts'
import type { Parts } from './parts.ts'
import { followPolicies } from './policies/follow-policies.ts'
import { removeSilentRunners } from './policies/remove-silent-runners.ts'
import { resumeHeldSteps } from './policies/resume-held-steps.ts'
import { type Places, removeFiles } from './remove-files.ts'
import { keepReplanning } from './replan-for-fleet.ts'
import { runStep } from './run-step.ts'
import { releaseFromDisabled } from './runner-state.ts'
import { rescueJobs } from './settle.ts'
import { stepStates } from './states.ts'
import { sweep } from './sweep.ts'
import { runWatched } from './watching/run-watched.ts'
import { type WatchedData, watching } from './watching/take-watched.ts'
import { watchFolder } from './watching/watch-folder.ts'

/** Steps at once per state and server: they wait for ffprobe and disks more than they compute. */
const concurrency = 2
/** They wait for others' servers; an origin that is down is asked again for some six minutes. */
const importWork = { concurrency: 4, attempts: 12 }
const rescueEveryMs = 5_000
const replanEveryMs = 10_000
const sweepEveryMs = 60_000
const sampleEveryMs = 30_000
const lookEveryMs = 1_000
const watchUploadsEveryMs = 2_000
const removeSilentEveryMs = 10_000
/** Runners that lost their server knock again every 10 s at least. */
const runnersReturnWithinMs = 60_000

/**
 * Starts a server's own part in the journey: the steps, the rescue of lost jobs, and cleaning up.
 * Every server does so; rows decide who does what.
 *
 * @returns a function that ends it and waits for what is under way.
 */
export async function startJourney(parts: Parts): Promise<() => Promise<void>> {
  const { queue, log } = parts
  for (const state of stepStates) {
    await queue.work(
      state,
      (data, attempt) => runStep(parts, state, readVersionId(data), attempt),
      { concurrency },
    )
  }
  await queue.work(
    'completing',
    (data, attempt) => completeJob(parts, data as CompletingData, attempt),
    { concurrency },
  )
  await queue.work(
    importing,
    (data, attempt) => runImport(parts, readVersionId(data), attempt),
    importWork,
  )
  await startWatching(parts)
  await queue.work('removing', (data) => removeFiles(parts, readPlaces(data)), { concurrency })
  await queue.start()
  const renewed = await renewLeases(parts.database, parts.config.leaseSeconds)
  if (renewed > 0)
    log.info({ jobs: renewed }, 'renewed leases that ended while no server was there')
  const stop = new AbortController()
  const statistician = keepStatistics(parts)
  const patientUntil = new Date(Date.now() + runnersReturnWithinMs)
  const timers = [
    repeat(rescueEveryMs, log, () => rescueJobs(parts)),
    repeat(rescueEveryMs, log, () => releaseFromDisabled(parts)),
    repeat(rescueEveryMs, log, () => resumeHeldSteps(parts)),
    repeat(removeSilentEveryMs, log, () => removeSilentRunners(parts, patientUntil)),
    repeat(replanEveryMs, log, keepReplanning(parts)),
    repeat(sweepEveryMs, log, () => sweep(parts)),
    repeat(sampleEveryMs, log, () => statistician.tick()),
    ...lookAtFolder(parts),
    ...(parts.config.earlyEncoding
      ? [repeat(watchUploadsEveryMs, log, watchUploads(parts, stop.signal))]
      : []),
  ]
  const stopSending = startSendingWebhooks(parts)
  const stopFollowing = followPolicies(parts)
  return async () => {
    stop.abort()
    await Promise.all([...timers.map((end) => end()), stopSending(), stopFollowing()])
    await statistician.end()
  }
}

/** Only servers that have the folder do the work of its files. */
async function startWatching(parts: Parts): Promise<void> {
  if (parts.config.watchFolder === null) return
  await parts.queue.work(
    watching,
    (data, attempt) => runWatched(parts, data as WatchedData, attempt),
    { concurrency },
  )
}

function lookAtFolder(parts: Parts) {
  const { config, log } = parts
  if (config.watchFolder === null) return []
  const { tick } = watchFolder(parts, config.watchFolder)
  return [repeat(lookEveryMs, log, () => tick(performance.now()))]
}

/**
 * Calls a function now and then again and again, never two at once; a failure is logged and the next
 * call made. The first call clears up after a process that was killed.
 */
function repeat(everyMs: number, log: Parts['log'], tick: () => Promise<unknown>) {
  let running: Promise<unknown> = Promise.resolve()
  let isRunning = false
  const run = (): void => {
    if (isRunning) return
    isRunning = true
    running = tick()
      .catch((error: unknown) => log.error({ err: error }, 'regular work failed; next time again'))
      .finally(() => {
        isRunning = false
      })
  }
  run()
  const timer = setInterval(run, everyMs)
  return async () => {
    clearInterval(timer)
    await running
  }
}

function readVersionId(data: unknown): string {
  return (data as { versionId: string }).versionId
}

/** An order of an earlier release names no objects. */
function readPlaces(data: unknown): Places {
  const { prefixes, keys = [] } = data as Pick<Places, 'prefixes'> & Partial<Places>
  return { prefixes, keys }
}
