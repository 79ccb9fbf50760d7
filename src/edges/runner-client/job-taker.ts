import { ReelmillError } from '#errors/reelmill-error.ts'
import type { AcceptedJob } from './answers.ts'
import type { RunnerApi, SelfDescription } from './api.ts'
import { statusOf } from './call.ts'

interface Taking {
  readonly api: RunnerApi
  readonly runnerToken: string
  readonly question: SelfDescription
  /** The types of jobs that there is room for; asked anew before each. */
  readonly openTypes: () => readonly string[]
  readonly start: (job: AcceptedJob) => void
}

/** Rounds in which every job was lost to others, before leaving it to the next ping. */
const maxLostRounds = 5

/**
 * Asks for work and takes jobs, the first listed first, until there is no room or no job left.
 * Returns how many were taken. Fails as the calls do; jobs taken before that are kept.
 */
export async function takeJobs(taking: Taking): Promise<number> {
  let taken = 0
  for (let lostRounds = 0; lostRounds < maxLostRounds; ) {
    const { api, runnerToken, question, openTypes } = taking
    const jobTypes = openTypes()
    if (jobTypes.length === 0) break
    const offered = await api.request({ runnerToken, ...question, jobTypes })
    if (offered.length === 0) break
    const before = taken
    for (const { uuid, type } of offered) {
      if (!openTypes().includes(type)) continue
      const job = await acceptIfFree(taking, uuid)
      if (!job) continue
      taking.start(job)
      taken += 1
    }
    lostRounds = taken === before ? lostRounds + 1 : 0
  }
  return taken
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
