import type { JobCredentials } from '#jobs/job.ts'

/** What a call about a held job shows. */
export function credentialsOf(request: {
  readonly params: { readonly jobUuid: string }
  readonly body: { readonly runnerToken: string; readonly jobToken: string }
}): JobCredentials {
  const { runnerToken, jobToken } = request.body
  return { uuid: request.params.jobUuid, runnerToken, jobToken }
}
