import { ReelmillError } from '#errors/reelmill-error.ts'
import type { AcceptedJob } from './answers.ts'
import type { RunnerApi, SelfDescription } from './api.ts'
import { statusOf } from './call.ts'
import type { Hold, Seat } from './slots.ts'

interface Taking {
  readonly api: RunnerApi
  readonly runnerToken: string
  /** What is said of the runner with the next question. */
  readonly introduce: () => SelfDescription
  /** Every type of job that this runner does. */
  readonly types: readonly string[]
  readonly seat: Pick<Seat, 'open' | 'take'>
  readonly start: (job: AcceptedJob, hold: Hold) => void
}

/** Rounds in which every job was lost to others, before leaving it to the next ping. */
const maxLostRounds = 5

/**
 * Asks for work and takes jobs, the first listed first, until there is no room or no job left.
 * Fails as the calls do; jobs taken before that are kept.
 *
 * @returns "full" when more might have been taken with more room; "over" when the server says that
 * the runner is to end; else "empty".
 */
export async function takeJobs(taking: Taking): Promise<'full' | 'empty' | 'over'> {
  const { api, runnerToken, introduce, types, seat } = taking
  for (let lostRounds = 0; lostRounds < maxLostRounds; ) {
    const jobTypes = seat.open(types)
    if (jobTypes.length === 0) return 'full'
    const answer = await api.request({ runnerToken, ...introduce(), jobTypes })
    if (answer.terminate) return 'over'
    // Servers before PeerTube 7.0 list all types, whatever they are asked (runner protocol 7.1).
    const offered = answer.availableJobs.filter(({ type }) => types.includes(type))
    if (offered.length === 0) return jobTypes.length === types.length ? 'empty' : 'full'
    const outcomes = new Set<string>()
    for (const { uuid, type } of offered) outcomes.add(await takeJob(taking, uuid, type))
    if (outcomes.has('no room')) return 'full'
    lostRounds = outcomes.has('taken') ? 0 : lostRounds + 1
  }
  return 'empty'
}

/** A job that is taken has begun. */
async function takeJob(
  taking: Taking,
  uuid: string,
  type: string,
): Promise<'taken' | 'lost' | 'no room'> {
  const hold = taking.seat.take(type)
  if (hold === null) return 'no room'
  try {
    const job = await acceptIfFree(taking, uuid)
    if (job === null) hold.giveBack()
    else taking.start(job, hold)
    return job === null ? 'lost' : 'taken'
  } catch (error) {
    hold.giveBack()
    throw error
  }
}

/** The job, or null when somebody was quicker or it is gone. */
async function acceptIfFree(
  { api, runnerToken }: Taking,
  uuid: string,
): Promise<AcceptedJob | null> {
  try {
    return await api.accept(uuid, runnerToken)
  } catch (error) {
    if (isLostRace(error)) return null
    throw error
  }
}

/** 409, or from a genuine server 400 without a code, or 404 for a job that was deleted (8.2). */
function isLostRace(error: unknown): boolean {
  if (!(error instanceof ReelmillError) || error.code === 'unknown_runner_token') return false
  return [400, 404, 409].includes(statusOf(error))
}
