import type { PolicyView } from '#policies/list.ts'
import type { ServerView } from '#servers/list-servers.ts'
import type { Statistics } from '#statistics/read-statistics.ts'
import type { Check } from './check.ts'

/** So long may a job wait before somebody should know. */
const longWaitSeconds = 600
const lowDiskBytes = 5e9
const emptyDiskBytes = 5e8
const slowDatabaseMs = 1000

type Verdict = Omit<Check, 'name'>

const well = (sentence: string): Verdict => ({ state: 'well', sentence })
const warning = (sentence: string): Verdict => ({ state: 'warning', sentence })
const failing = (sentence: string): Verdict => ({ state: 'failing', sentence })

/** "1 job", "2 jobs". */
export function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`
}

/** Whether somebody is there to do what is to be done. */
export function judgeRunners({ runners, jobs }: Pick<Statistics, 'runners' | 'jobs'>): Verdict {
  const waiting = jobs.byState.pending
  const { online, slots, held, byState } = runners
  if (online === 0 && waiting > 0) {
    const verb = waiting === 1 ? 'waits' : 'wait'
    return failing(`${count(waiting, 'job')} ${verb}, and no runner is online.`)
  }
  if (online === 0) return warning('No runner is online: nothing could be encoded.')
  if (byState.active === 0)
    return failing('No runner may take jobs: all are draining, disabled or set aside.')
  if (byState.set_aside > 0) {
    return warning(`${count(byState.set_aside, 'runner')} set aside after failing again and again.`)
  }
  // Not “of”: sound is encoded beside what slots are for.
  return well(
    `${count(online, 'runner')} online, ${count(held, 'job')} on ${count(slots, 'slot')}.`,
  )
}

/** Whether work is taken in time; not where a policy holds it back. */
export function judgeQueue({
  jobs,
  isHeldBack,
}: Pick<Statistics, 'jobs'> & { readonly isHeldBack: boolean }): Verdict {
  const { pending } = jobs.byState
  const seconds = jobs.oldestWaitingSeconds ?? 0
  const waits = `${count(pending, 'job')} waiting, the oldest for ${describeSeconds(seconds)}.`
  if (isHeldBack) return well(`${count(pending, 'job')} waiting, held back by a policy.`)
  if (seconds > longWaitSeconds) return warning(`${waits} More runners would help.`)
  return well(pending > 0 ? waits : 'No job waits.')
}

const stopped: Readonly<Partial<Record<PolicyView['key'], string>>> = {
  ingestEnabled: 'Ingest is stopped by a policy',
  transcodeEnabled: 'Transcoding is stopped by a policy',
  exportEnabled: 'Export is stopped by a policy',
  terminateAll: 'All runners end by a policy',
}

/** Whether somebody stopped a part of the work, and what waits for it to go on. */
export function judgePolicies(
  policies: readonly Pick<PolicyView, 'key' | 'value' | 'default' | 'waiting'>[],
): Verdict {
  const said = policies.flatMap(({ key, value, default: usual, waiting }) => {
    const words = stopped[key]
    if (words === undefined || value === usual) return []
    if (!waiting) return [`${words}.`]
    const { what, count: number } = waiting
    return [`${words}; ${count(number, what.slice(0, -1))} waiting.`]
  })
  return said.length === 0 ? well('No policy stops any work.') : warning(said.join(' '))
}

/** Whether videos fail (P-71). */
export function judgeFailures({ throughput }: Pick<Statistics, 'throughput'>): Verdict {
  const { failedVideos, failedTries, completedJobs } = throughput.hour
  if (failedVideos > 0) return warning(`${count(failedVideos, 'video')} failed in the last hour.`)
  if (failedTries > 5 && failedTries > completedJobs) {
    return warning(`${failedTries} tries of jobs failed in the last hour, more than succeeded.`)
  }
  if (failedTries === 0) return well('Nothing failed in the last hour.')
  const tries = failedTries === 1 ? '1 try' : `${failedTries} tries`
  return well(`No video failed in the last hour; ${tries} of jobs did, which others make good.`)
}

/** Whether there is room on the disk of DATA_DIR. */
export function judgeDisk({
  freeBytes,
  totalBytes,
}: {
  freeBytes: number
  totalBytes: number
}): Verdict {
  const free = `${describeBytes(freeBytes)} of ${describeBytes(totalBytes)} are free in DATA_DIR.`
  if (freeBytes < emptyDiskBytes) return failing(free)
  return freeBytes < lowDiskBytes ? warning(free) : well(free)
}

/** Whether the database answers in time. */
export function judgeDatabase({
  version,
  answeredMs,
}: {
  version: string
  answeredMs: number
}): Verdict {
  const sentence = `PostgreSQL ${version} answered in ${Math.max(1, Math.round(answeredMs))} ms.`
  return answeredMs > slowDatabaseMs ? warning(sentence) : well(sentence)
}

/** Whether servers are missed. */
export function judgeServers(servers: readonly ServerView[]): Verdict {
  const alive = servers.filter((server) => server.alive)
  const silent = servers.find((server) => !server.alive)
  if (silent) {
    return warning(`The server ${silent.host} (${silent.url}) fell silent without having ended.`)
  }
  return well(`${count(alive.length, 'server')} running.`)
}

/** Whether there is work that nobody can do. */
export function judgeEncoders(
  unable: readonly { type: string; encoders: readonly string[] }[],
): Verdict {
  const [first] = unable
  if (!first) return well('For all jobs that wait there is a runner that can do them.')
  const needed = first.encoders.length > 0 ? first.encoders.join(', ') : first.type
  return failing(`Jobs wait that need ${needed}, and no runner that is online has it.`)
}

/** Whether those who are to be told of events are told. */
export function judgeWebhooks(state: {
  failing: number
  disabled: number
  undelivered: number
}): Verdict {
  if (state.disabled > 0) {
    return warning(`${count(state.disabled, 'webhook')} disabled after failing for days.`)
  }
  if (state.failing > 0) {
    return warning(`${count(state.failing, 'webhook')} failing; calls are tried again.`)
  }
  if (state.undelivered > 0) {
    return warning(`${count(state.undelivered, 'call')} of webhooks given up in the last day.`)
  }
  return well('All webhooks are delivered.')
}

interface Sweeps {
  /** Of the one that every server does each minute. */
  readonly error: string | null
  /** Published versions without their files, as the last look at the storage found. */
  readonly missing: number
}

/** Whether what is left behind is cleaned up, and all is there that should be. */
export function judgeSweep({ error, missing }: Sweeps): Verdict {
  if (missing > 0) return failing(`${count(missing, 'published video')} without all their files.`)
  if (error !== null) return warning(`The last sweep could not clean up all: ${error}`)
  return well('The last sweep cleaned up all.')
}

function describeSeconds(seconds: number): string {
  if (seconds < 90) return `${Math.round(seconds)} s`
  return seconds < 5400 ? `${Math.round(seconds / 60)} min` : `${Math.round(seconds / 3600)} h`
}

function describeBytes(bytes: number): string {
  return bytes < 1e9 ? `${Math.round(bytes / 1e6)} MB` : `${(bytes / 1e9).toFixed(1)} GB`
}
