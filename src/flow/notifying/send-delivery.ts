import type { ReelmillError } from '#errors/reelmill-error.ts'
import { toReelmillError } from '#errors/reelmill-error.ts'
import type { GuardedAnswer } from '#network/guarded-client.ts'
import { judgeAnswer } from '#stages/notifying/judge-answer.ts'
import { writeBody } from '#stages/notifying/write-body.ts'
import { type ClaimedDelivery, releaseDelivery } from '#webhooks/claim-deliveries.ts'
import { findReceiver, type Receiver } from '#webhooks/find-receiver.ts'
import { keepBody } from '#webhooks/keep-body.ts'
import { failUnsent, settleDelivery } from '#webhooks/settle-delivery.ts'
import { signMessage } from '#webhooks/sign.ts'
import type { Parts } from '../parts.ts'
import { describeResult } from './describe-result.ts'

/** What is kept of an answer. */
const keptBytes = 1_000
/** One that says it is longer is not read at all. */
const mostAnnouncedBytes = 1024 ** 2

/**
 * Makes the next attempt of a delivery that this process has claimed, and writes what came of it. Cut
 * off by `signal` it is given back as if it had not been made: the receiver tells a repetition by
 * its id.
 */
export async function sendDelivery(
  parts: Parts,
  delivery: ClaimedDelivery,
  signal: AbortSignal,
): Promise<void> {
  const { database, config } = parts
  const receiver = await findReceiver(database, delivery, config.webhookSecret)
  if (receiver === null) return failUnsent(database, delivery, 'The webhook is disabled.')
  const startedAt = performance.now()
  const outcome = await attempt(parts, delivery, receiver, signal)
  if (signal.aborted && outcome.status === null) return releaseDelivery(database, delivery)
  const { retryAfter, failure, ...record } = outcome
  const { status, error } = record
  const verdict = judgeAnswer(
    { status, failure, retryAfter },
    {
      format: delivery.format,
      attempt: delivery.attempts + 1,
      now: new Date(),
      random: Math.random(),
    },
  )
  const durationMs = performance.now() - startedAt
  await settleDelivery(database, delivery, { ...record, durationMs }, verdict)
  if (verdict.kind === 'delivered') return
  const { id, type, endpointId } = delivery
  const told = { delivery: id, type, endpointId, status, error, verdict }
  parts.log.warn(told, 'a webhook was not taken')
}

interface Outcome {
  readonly status: number | null
  readonly error: string | null
  readonly response: string | null
  readonly retryAfter: string | null
  readonly failure: ReelmillError['code'] | null
}

async function attempt(
  parts: Parts,
  delivery: ClaimedDelivery,
  receiver: Receiver,
  signal: AbortSignal,
): Promise<Outcome> {
  try {
    const body = await bodyOf(parts, delivery)
    const answer = await call(parts, { id: delivery.messageId, body, receiver }, signal)
    const { status } = answer
    return {
      status,
      error: status >= 200 && status < 300 ? null : `It answered ${status}.`,
      response: await readStart(answer),
      retryAfter: answer.headers['retry-after'] ?? null,
      failure: null,
    }
  } catch (error) {
    const { code, message } = toReelmillError(error)
    if (code === 'internal') parts.log.error({ err: error }, 'a webhook could not be sent')
    return { status: null, error: message, response: null, retryAfter: null, failure: code }
  }
}

/** As it was sent before, or written and kept: every attempt says the same. */
async function bodyOf(parts: Parts, delivery: ClaimedDelivery): Promise<string> {
  if (delivery.body !== null) return delivery.body
  const body = await writeBody(delivery.format, delivery, () => describeResult(parts, delivery))
  return keepBody(parts.database, delivery.id, body)
}

interface Sending {
  readonly id: string
  readonly body: string
  readonly receiver: Receiver
}

function call(
  { web, config }: Parts,
  { id, body, receiver }: Sending,
  signal: AbortSignal,
): Promise<GuardedAnswer> {
  const timeoutMs = config.webhookTimeoutSeconds * 1000
  return web.call({
    url: receiver.url,
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      ...signMessage({ id, at: new Date(), body }, receiver.secrets),
    },
    body,
    limits: {
      headersMs: timeoutMs,
      idleMs: timeoutMs,
      wholeMs: timeoutMs,
      bodyBytes: mostAnnouncedBytes,
    },
    signal,
  })
}

/** The first bytes as text; the status alone decides, so one that breaks off here was an answer too. */
async function readStart({ body }: GuardedAnswer): Promise<string> {
  const pieces: Buffer[] = []
  let length = 0
  try {
    for await (const piece of body as AsyncIterable<Buffer>) {
      pieces.push(piece)
      length += piece.length
      // Leaving the loop ends the connection: nobody has to send us more.
      if (length >= keptBytes) break
    }
  } catch {
    // What came until then is all that is known.
  }
  // PostgreSQL's texts hold no NUL.
  return Buffer.concat(pieces).subarray(0, keptBytes).toString().replaceAll('\0', '�')
}
