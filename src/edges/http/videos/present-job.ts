import type { ListedJob } from '#jobs/list.ts'
import { hasRole, type Principal } from '#people/principal.ts'

/**
 * A job as whoever may see its video sees it: no token, and nothing of what the server keeps to
 * itself or tells runners alone. Which runner has it, and what exactly it wrote, is for operators.
 */
export function presentJob(principal: Principal, job: ListedJob) {
  const { uuid, type, label, state, videoId, priority, progress, failures, error } = job
  const isOperator = hasRole(principal, 'operator')
  return {
    uuid,
    type,
    label,
    state,
    videoId,
    runner: isOperator ? job.runnerName : null,
    priority,
    progress,
    failures,
    error: isOperator ? error : withoutDetails(error),
    parent: job.parentUuid,
    createdAt: job.created_at,
    startedAt: job.started_at,
    finishedAt: job.finished_at,
  }
}

function withoutDetails(error: ListedJob['error']) {
  return error && { code: error['code'], message: error['message'] }
}
