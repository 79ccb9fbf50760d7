import type { ListedJob } from '#jobs/list.ts'

/**
 * A job as whoever may see its video sees it: no token, and nothing of what the server keeps to
 * itself or tells runners alone.
 */
export function presentJob(job: ListedJob) {
  const { uuid, type, label, state, videoId, priority, progress, failures, error } = job
  return {
    uuid,
    type,
    label,
    state,
    videoId,
    runner: job.runnerName,
    priority,
    progress,
    failures,
    error,
    parent: job.parentUuid,
    createdAt: job.created_at,
    startedAt: job.started_at,
    finishedAt: job.finished_at,
  }
}
