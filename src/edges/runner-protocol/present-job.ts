import type { JobState } from '#database/tables.ts'
import type { JobRow } from '#jobs/job.ts'
import type { RunnerRow } from '#runners/runner.ts'
import { type Place, presentPayload } from './present-payload.ts'

/** Numbers and labels of the states on the wire (runner protocol 3.1). */
const states: Readonly<Record<JobState, { readonly id: number; readonly label: string }>> = {
  pending: { id: 1, label: 'Pending' },
  processing: { id: 2, label: 'Processing' },
  completed: { id: 3, label: 'Completed' },
  errored: { id: 4, label: 'Errored' },
  waiting_for_parent: { id: 5, label: 'Waiting for parent job to finish' },
  cancelled: { id: 6, label: 'Cancelled' },
  parent_errored: { id: 7, label: 'Parent job failed' },
  parent_cancelled: { id: 8, label: 'Parent job cancelled' },
  completing: { id: 9, label: 'Completing' },
}

/** A state as runners see it. */
export function presentState(state: JobState): { readonly id: number; readonly label: string } {
  return states[state]
}

interface Accepted {
  readonly job: JobRow
  readonly jobToken: string
  readonly runner: RunnerRow
  readonly place: Place
  readonly leaseSeconds: number
}

/**
 * The job of an answer to accept (runner protocol 1.4, call 9; D-53). Runners of ours are told how
 * long they may be silent; the others speak as often as they do.
 */
export function presentAcceptedJob({ job, jobToken, runner, place, leaseSeconds }: Accepted) {
  return {
    ...presentJob(job, place),
    parent: null,
    runner: { id: runner.id, name: runner.name, description: runner.description },
    jobToken,
    ...(runner.encoders === null ? {} : { leaseSeconds }),
  }
}

/** What every answer says of a job. */
export function presentJob(job: JobRow, place: Place) {
  return {
    uuid: job.uuid,
    type: job.type,
    state: presentState(job.state),
    progress: job.progress === 0 ? null : Math.round(job.progress * 100),
    priority: job.priority,
    failures: job.failures,
    error: job.error ? job.error['message'] : null,
    payload: presentPayload(job, place),
    startedAt: job.started_at,
    finishedAt: job.finished_at,
    createdAt: job.created_at,
    updatedAt: job.updated_at,
  }
}
