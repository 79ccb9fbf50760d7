import { ReelmillError } from '#errors/reelmill-error.ts'
import { retryJob } from '#flow/retry-job.ts'
import { dismissRunner } from '#flow/runner-leaves.ts'
import { setRunnerState } from '#flow/runner-state.ts'
import { cancelJob, deleteJob } from '#flow/settle-tree.ts'
import { type ListedJob, listJobs } from '#jobs/list.ts'
import { getRunner, listRunners } from '#runners/list.ts'
import {
  createRegistrationToken,
  listRegistrationTokens,
  revokeRegistrationToken,
} from '#runners/registration-tokens.ts'
import { type FleetDesk, type JobItem, toTexts } from './fleet-desk.ts'
import { type LocalPlace, openLocalPlace, withParts } from './local-place.ts'

const all = 1_000_000

/** The runners, jobs and tokens of this machine's own data, whether or not a server is running. */
export async function openLocalFleetDesk(): Promise<FleetDesk> {
  const place = await openLocalPlace()
  const { database } = place.opened
  return {
    ...runnersOf(place),
    listJobs: async ({ state, type, ...filter }) => {
      const states = state ? [state] : undefined
      const { jobs } = await listJobs(database, {
        ...filter,
        states,
        types: type ? [type] : undefined,
      })
      return jobs.map(toItem)
    },
    retryJob: (uuid) => withParts(place, (parts) => retryJob(parts, uuid)),
    cancelJob: (uuid) => withParts(place, (parts) => cancelJob(parts, uuid)),
    deleteJob: (uuid) => withParts(place, (parts) => deleteJob(parts, uuid)),
    createToken: async () => toTexts(await createRegistrationToken(database)),
    listTokens: async () => {
      const page = { limit: all, oldestFirst: true, revokedToo: true }
      return (await listRegistrationTokens(database, page)).tokens.map(toTexts)
    },
    revokeToken: (tokenOrId) => revokeRegistrationToken(database, tokenOrId),
    close: place.opened.close,
  }
}

function runnersOf({
  opened: { database },
  log,
}: LocalPlace): Pick<FleetDesk, 'listRunners' | 'setRunnerState' | 'removeRunner'> {
  return {
    listRunners: async () => (await listRunners(database, { limit: all })).runners.map(toTexts),
    setRunnerState: async (id, change) => {
      await setRunnerState({ database, log }, id, change)
      const runner = await getRunner(database, id)
      if (!runner) throw new ReelmillError('runner_not_found')
      return toTexts(runner)
    },
    removeRunner: (id) => dismissRunner({ database }, id),
  }
}

function toItem({ runnerName, created_at, started_at, finished_at, ...job }: ListedJob): JobItem {
  const { uuid, type, label, state, videoId, priority, progress, failures, error } = job
  return {
    ...{ uuid, type, label, state, videoId, priority, progress, failures },
    runner: runnerName,
    error: error ? String(error['message']) : null,
    createdAt: created_at.toISOString(),
    startedAt: started_at?.toISOString() ?? null,
    finishedAt: finished_at?.toISOString() ?? null,
  }
}
