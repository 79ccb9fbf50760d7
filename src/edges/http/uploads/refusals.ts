import type { ErrorCode } from '#errors/catalogue.ts'
import { ReelmillError } from '#errors/reelmill-error.ts'

/** What `@tus/server` says by a status alone, in the words of the catalogue. */
const codes: Readonly<Record<number, ErrorCode>> = {
  404: 'upload_not_found',
  409: 'upload_offset_conflict',
  410: 'upload_gone',
  412: 'tus_version_unsupported',
  413: 'payload_too_large',
}

/** A refusal of the library as an error of ours, with its sentence where that says more. */
export function toRefusal(status: number, sentence: string): ReelmillError {
  if (status >= 500 && status !== 501) return new ReelmillError('internal', sentence)
  const code = codes[status]
  return code ? new ReelmillError(code) : new ReelmillError('invalid_request', sentence.trim())
}

/** Whatever a handler of the library threw. */
export function asRefusal(thrown: unknown): unknown {
  if (thrown instanceof Error && !('status_code' in thrown)) return thrown
  const { status_code: status = 500, body = '' } = thrown as Refusal
  return toRefusal(status, body)
}

/** The library throws plain objects. */
interface Refusal {
  readonly status_code?: number
  readonly body?: string
}
