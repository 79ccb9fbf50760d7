import type { WebhookFormat } from '#database/webhook-tables.ts'
import type { ErrorCode } from '#errors/catalogue.ts'
import type { Verdict } from '#webhooks/settle-delivery.ts'
import { readRetryAfterMs } from './retry-after.ts'
import { retryDelayMs } from './retry-schedule.ts'

/** What came of a call: a status, or why there is none. */
export interface Answer {
  readonly status: number | null
  /** Where there is no status. */
  readonly failure: ErrorCode | null
  /** The header of that name. */
  readonly retryAfter: string | null
}

/** What the judgement depends on beside the answer. */
export interface Circumstances {
  readonly format: WebhookFormat
  /** Number of the attempt, from 1. */
  readonly attempt: number
  readonly now: Date
  /** 0 to 1. */
  readonly random: number
}

/** Addresses of this kind stay as they are, however often they are called. */
const hopeless: ReadonlySet<ErrorCode> = new Set(['address_refused', 'address_invalid'])

/**
 * What becomes of a delivery (Standard Webhooks 1.0, "Operational considerations"): 2xx is delivered;
 * a redirect is final, for it is not followed; 410 ends the endpoint; all else is tried again for
 * three days, not before the receiver wants it. In the format `request_reference` any 4xx is final
 * (V-86).
 */
export function judgeAnswer(answer: Answer, circumstances: Circumstances): Verdict {
  const { status } = answer
  if (status !== null && status >= 200 && status < 300) return { kind: 'delivered' }
  if (status === 410) return { kind: 'failed', disable: 'It answered 410 Gone.' }
  if (isFinal(answer, circumstances.format)) return { kind: 'failed', disable: null }
  const delayMs = retryDelayMs(circumstances.attempt, circumstances.random)
  if (delayMs === null) return { kind: 'failed', disable: null }
  const wantedMs = readRetryAfterMs(answer.retryAfter, circumstances.now) ?? 0
  return { kind: 'retry', delayMs: Math.max(delayMs, wantedMs) }
}

function isFinal({ status, failure }: Answer, format: WebhookFormat): boolean {
  if (status === null) return failure !== null && hopeless.has(failure)
  return status < 400 || (format === 'request_reference' && status < 500)
}
