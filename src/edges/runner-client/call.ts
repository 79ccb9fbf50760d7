import { catalogue, type ErrorCode } from '#errors/catalogue.ts'
import { ReelmillError } from '#errors/reelmill-error.ts'

/** Where the runner protocol begins, at every server (runner protocol 1.1). */
export const protocolPath = '/api/v1/runners'

/** One call of the server's HTTP interface. */
export interface Call {
  readonly method: 'POST' | 'PUT'
  /** Path and nothing else: the server is the one that we know, whatever its public name is. */
  readonly path: string
  readonly headers?: Readonly<Record<string, string>>
  /** JSON. */
  readonly body: object
  /** The one status that means success (runner protocol 1.1). */
  readonly expected: 200 | 204
  readonly signal?: AbortSignal | undefined
  readonly timeoutMs?: number
}

/**
 * Makes a call; the answer's JSON, or null for 204.
 *
 * @throws ReelmillError with the answer's own code where the catalogue has it, else
 * `server_refused`; `details.status` is the status. `server_unreachable` when there was no answer.
 */
export async function callServer(server: string, call: Call): Promise<unknown> {
  const response = await send(server, call)
  try {
    if (response.status === call.expected) {
      return call.expected === 204 ? null : await response.json()
    }
    throw refusal(call, response.status, await response.text())
  } catch (error) {
    if (error instanceof ReelmillError) throw error
    throw new ReelmillError('server_unreachable', 'The answer broke off.', { cause: error })
  }
}

/** True when the same call may succeed later without a change: nobody answered, or "not now". */
export function isTemporary(error: unknown): boolean {
  if (!(error instanceof ReelmillError)) return false
  const status = statusOf(error)
  // 408: a proxy or Node itself found that the request took too long; the next may be quicker.
  const isLater = status === 408 || status === 429 || status >= 500
  return error.code === 'server_unreachable' || isLater
}

/** True when the answer to a call about a job says that the job is not, or no longer, ours (8.2). */
export function isJobLost(error: unknown): boolean {
  if (!(error instanceof ReelmillError)) return false
  return statusOf(error) === 404 || error.code === 'runner_job_not_in_processing_state'
}

/** The status of the answer that an error came from; 0 when there was none. */
export function statusOf(error: ReelmillError): number {
  return typeof error.details['status'] === 'number' ? error.details['status'] : 0
}

async function send(server: string, call: Call): Promise<Response> {
  const { method, path, headers, body, signal, timeoutMs = 30_000 } = call
  const limits = [AbortSignal.timeout(timeoutMs), ...(signal ? [signal] : [])]
  try {
    return await fetch(new URL(path, server), {
      method,
      headers: {
        accept: 'application/json',
        'content-type': 'application/json',
        ...headers,
      },
      body: JSON.stringify(body),
      redirect: 'error',
      signal: AbortSignal.any(limits),
    })
  } catch (error) {
    throw new ReelmillError('server_unreachable', `${server} cannot be reached.`, { cause: error })
  }
}

/**
 * The error for an answer that is not the expected one: its own code where the catalogue has it, its
 * own sentence, and in `details` the status and the names of the fields that it complains of.
 */
export function refusal(
  { method, path }: { readonly method: string; readonly path: string },
  status: number,
  text: string,
): ReelmillError {
  const { code, detail, 'invalid-params': invalid } = readProblem(text)
  const known = typeof code === 'string' && Object.hasOwn(catalogue, code)
  const sentence = typeof detail === 'string' ? detail : `${method} ${path} was answered ${status}.`
  const invalidFields = typeof invalid === 'object' && invalid !== null ? Object.keys(invalid) : []
  return new ReelmillError(known ? (code as ErrorCode) : 'server_refused', sentence, {
    details: { status, ...(invalidFields.length > 0 ? { invalidFields } : {}) },
  })
}

interface Problem {
  readonly code?: unknown
  readonly detail?: unknown
  readonly 'invalid-params'?: unknown
}

function readProblem(text: string): Problem {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null ? value : {}
  } catch {
    // Not JSON: a proxy's page. The status says enough.
    return {}
  }
}
