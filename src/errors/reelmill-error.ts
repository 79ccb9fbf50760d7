import { type Blame, catalogue, type ErrorCode } from './catalogue.ts'

interface Circumstances {
  readonly cause?: unknown
  /** Facts for programs and for the log: JSON values only, never secrets. */
  readonly details?: Readonly<Record<string, unknown>>
}

/** The one error class: a code of the catalogue, a sentence for its owner, and the cause. */
export class ReelmillError extends Error {
  override readonly name = 'ReelmillError'
  readonly code: ErrorCode
  readonly details: Readonly<Record<string, unknown>>

  constructor(code: ErrorCode, sentence?: string, circumstances: Circumstances = {}) {
    super(sentence ?? catalogue[code].sentence, { cause: circumstances.cause })
    this.code = code
    this.details = circumstances.details ?? {}
  }

  get status(): number {
    return catalogue[this.code].status
  }

  get retryable(): boolean {
    return catalogue[this.code].retryable
  }

  get blame(): Blame {
    return catalogue[this.code].blame
  }
}

/** The error as a ReelmillError: itself, or `internal` with the original as its cause. */
export function toReelmillError(error: unknown): ReelmillError {
  if (error instanceof ReelmillError) return error
  if (isSystemError(error) && error.code === 'ENOSPC') {
    return new ReelmillError('disk_full', undefined, { cause: error })
  }
  return new ReelmillError('internal', undefined, { cause: error })
}

function isSystemError(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && 'code' in error
}

/** An error as it is kept in a row and shown in the API. */
export interface ErrorRecord {
  readonly code: ErrorCode
  readonly message: string
  readonly details?: Readonly<Record<string, unknown>>
}

/** What of an error is kept: code, sentence and details; the stack stays in the log. */
export function toErrorRecord(error: unknown): ErrorRecord {
  const { code, message, details } = toReelmillError(error)
  return Object.keys(details).length > 0 ? { code, message, details } : { code, message }
}
