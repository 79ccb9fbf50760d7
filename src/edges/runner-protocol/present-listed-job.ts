import type { ListedJob } from '#jobs/list.ts'
import type { TryView } from '#jobs/list-tries.ts'
import { presentJob, presentState } from './present-job.ts'

/** As in the answer to accept, without the token and with what only operators may see. */
export function presentListedJob(job: ListedJob, origin: string) {
  const { runner_id, runnerName, runnerDescription } = job
  const { parent_id, parentUuid, parentType, parentState } = job
  return {
    ...presentJob(job, { origin, videoId: job.videoId, sourcePath: null }),
    privatePayload: job.private_payload,
    runner:
      runner_id === null
        ? null
        : { id: runner_id, name: runnerName, description: runnerDescription },
    parent:
      parentState === null
        ? null
        : { id: parent_id, uuid: parentUuid, type: parentType, state: presentState(parentState) },
    // Reelmill's own.
    label: job.label,
    videoId: job.videoId,
    videoName: job.videoName,
    required: job.required,
  }
}

/** The same with how often it was tried, and what was said when it failed. */
export function presentJobDetails(job: ListedJob, tries: readonly TryView[], origin: string) {
  return {
    ...presentListedJob(job, origin),
    failure: job.error,
    cpuSeconds: job.cpu_seconds,
    encoders: job.encoders,
    tries,
  }
}
