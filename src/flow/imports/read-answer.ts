import { ReelmillError } from '#errors/reelmill-error.ts'
import type { GuardedAnswer } from '#network/guarded-client.ts'

/** What an origin sends: the bytes of which file, from where on. */
export interface Delivery {
  /** The first byte of the body in the file. */
  readonly offset: number
  /** Of the whole file; null where the origin does not tell. */
  readonly totalBytes: number | null
  /** What tells this file from a later one at the same address; null: nothing does. */
  readonly validator: string | null
}

/** A date can stand for a file when it is this much older than the answer (RFC 9110, 8.8.2.2). */
const dateIsStrongAfterMs = 60_000
/** What may be different in a moment. */
const passing: ReadonlySet<number> = new Set([408, 425, 429])

/**
 * What an answer brings of a file of which `wanted` bytes are here already.
 *
 * @throws ReelmillError `import_refused` when asking again would not help, `import_failed` when it may.
 */
export function readAnswer(
  { status, headers }: Pick<GuardedAnswer, 'status' | 'headers'>,
  wanted: number,
): Delivery | 'restart' {
  const encoding = headers['content-encoding'] ?? 'identity'
  if (status >= 200 && status < 300 && encoding !== 'identity') {
    throw new ReelmillError('import_refused', 'The address sends the file compressed.')
  }
  const validator = validatorOf(headers)
  if (status === 200) {
    return { offset: 0, totalBytes: lengthOf(headers['content-length']), validator }
  }
  if (status === 206) return readPart(headers['content-range'], wanted, validator)
  if (status === 416 && wanted > 0) return 'restart'
  throw refuseStatus(status)
}

function readPart(
  header: string | undefined,
  wanted: number,
  validator: string | null,
): Delivery | 'restart' {
  const [, start, total] = /^bytes (\d+)-\d+\/(\d+|\*)$/i.exec(header ?? '') ?? []
  if (start === undefined || Number(start) !== wanted) return 'restart'
  return { offset: wanted, totalBytes: lengthOf(total), validator }
}

/** A strong ETag, else a date that is old enough to stand for one state of the file. */
function validatorOf(headers: GuardedAnswer['headers']): string | null {
  const { etag, date, 'last-modified': modified } = headers
  if (etag?.startsWith('"')) return etag
  const ageMs = Date.parse(String(date)) - Date.parse(String(modified))
  return modified !== undefined && ageMs >= dateIsStrongAfterMs ? modified : null
}

/** However long the number: one that is too large to be exact is too large for any limit as well. */
function lengthOf(text: string | undefined): number | null {
  return text !== undefined && /^\d+$/.test(text) ? Number(text) : null
}

function refuseStatus(status: number): ReelmillError {
  const mayPass = status >= 500 || passing.has(status)
  return new ReelmillError(
    mayPass ? 'import_failed' : 'import_refused',
    `The address answers with status ${status}.`,
    { details: { status } },
  )
}
