import { ReelmillError } from '#errors/reelmill-error.ts'

/**
 * What an error of a call is to its owner: a ReelmillError as it is, `cancelled` when the caller's
 * own signal ended it, else `address_unreachable` with the system's word for it as details.reason.
 */
export function toNetworkError(error: unknown, signal?: AbortSignal): ReelmillError {
  if (error instanceof ReelmillError) return error
  if (signal?.aborted) return new ReelmillError('cancelled', undefined, { cause: error })
  const reason = reasonOf(error)
  return new ReelmillError('address_unreachable', sentences[reason] ?? `${fallback} (${reason})`, {
    cause: error,
    details: { reason },
  })
}

const fallback = 'The connection could not be made or broke off.'

const sentences: Readonly<Record<string, string>> = {
  timed_out: 'The answer took too long.',
  ECONNREFUSED: 'Nothing listens at this address.',
  ECONNRESET: 'The connection broke off.',
  UND_ERR_SOCKET: 'The connection broke off.',
}

const timeouts: ReadonlySet<string> = new Set([
  'UND_ERR_CONNECT_TIMEOUT',
  'UND_ERR_HEADERS_TIMEOUT',
  'UND_ERR_BODY_TIMEOUT',
  'ETIMEDOUT',
])

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown'
  if (error.name === 'TimeoutError') return 'timed_out'
  const code = 'code' in error ? String(error.code) : error.name
  return timeouts.has(code) ? 'timed_out' : code
}
