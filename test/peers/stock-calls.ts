import { makeJson } from './stock-http.ts'
import type { StockJob } from './stock-job.ts'
import type { StockRelease } from './stock-release.ts'
import type { StockSpeaker } from './stock-speaker.ts'

/** Who a runner is: its release, and the types to which it was restricted. */
export interface StockIdentity {
  readonly release: StockRelease
  readonly enableJobs?: readonly string[] | undefined
}

interface Registration {
  readonly registrationToken: string
  readonly name: string
}

/** Registers; the runner's token. */
export async function register(
  speaker: StockSpeaker,
  { release }: StockIdentity,
  registration: Registration,
): Promise<string> {
  const version = speaker.habits.saysVersion ? { version: release } : {}
  const body = makeJson({ ...registration, ...version })
  const { json } = await speaker.say({ path: '/register', body, expects: 200 })
  return String(json?.['runnerToken'])
}

/** Asks for work: the one job of the list that it would take, or null. */
export async function requestJob(
  speaker: StockSpeaker,
  { release, enableJobs }: StockIdentity,
  runnerToken: string,
): Promise<{ readonly uuid: string } | null> {
  const { habits } = speaker
  const body = makeJson({
    runnerToken,
    ...(habits.saysVersion ? { version: release } : {}),
    ...(habits.saysJobTypes && enableJobs ? { jobTypes: enableJobs } : {}),
  })
  const { json } = await speaker.say({ path: '/jobs/request', body, expects: 200 })
  // Without the key, this throws, and so does the stock runner.
  const jobs = json?.['availableJobs'] as readonly { uuid: string; type: string }[]
  const types = enableJobs ?? habits.knownTypes
  const taken = habits.choosesItself ? jobs.find(({ type }) => types.includes(type)) : jobs[0]
  return taken ?? null
}

export async function acceptJob(
  speaker: StockSpeaker,
  uuid: string,
  runnerToken: string,
): Promise<StockJob> {
  const body = makeJson({ runnerToken })
  const { json } = await speaker.say({ path: `/jobs/${uuid}/accept`, body, expects: 200 })
  return json?.['job'] as StockJob
}

/** Gives a job back because the runner ends. */
export async function abortJob(
  speaker: StockSpeaker,
  { uuid, jobToken }: StockJob,
  runnerToken: string,
): Promise<void> {
  const body = makeJson({ reason: 'Runner stopped', jobToken, runnerToken })
  await speaker.say({ path: `/jobs/${uuid}/abort`, body, expects: 204 })
}

/** Takes leave; whether that works is all the same to a runner that was told it is unknown. */
export async function unregister(speaker: StockSpeaker, runnerToken: string): Promise<void> {
  const body = makeJson({ runnerToken })
  await speaker.say({ path: '/unregister', body, expects: 204 }).catch(() => undefined)
}
