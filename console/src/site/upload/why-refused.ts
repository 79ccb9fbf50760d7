import type { HttpResponse } from 'tus-js-client'

/** Why the server does not take an upload, in its own sentence where it gave one. */
export function whyRefused(response: Pick<HttpResponse, 'getBody' | 'getStatus'> | null): string {
  if (response === null) return 'The connection broke off, and again whenever it was tried.'
  if (response.getStatus() === 401) return 'You are not logged in any more. Log in, then try again.'
  return readDetail(response.getBody()) ?? `The server answered ${response.getStatus()}.`
}

function readDetail(body: string): string | null {
  try {
    const problem: unknown = JSON.parse(body)
    const isProblem = typeof problem === 'object' && problem !== null && 'detail' in problem
    return isProblem && typeof problem.detail === 'string' ? problem.detail : null
  } catch {
    // No problem of ours, as of a proxy in between.
    return null
  }
}
