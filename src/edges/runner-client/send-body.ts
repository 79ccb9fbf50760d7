import { request as requestByHttp } from 'node:http'
import { request as requestByHttps } from 'node:https'
import { Readable } from 'node:stream'
import { text as readText } from 'node:stream/consumers'
import { pipeline } from 'node:stream/promises'
import { ReelmillError } from '#errors/reelmill-error.ts'
import { refusal } from './call.ts'

/** Bytes that are ready to be sent, any number of times. */
export interface Body {
  readonly contentType: string
  /** Known beforehand: the genuine server's proxies take no other body (runner protocol 5.2). */
  readonly sizeBytes: number
  /** Anew each time; no more than a buffer's worth need ever be in memory. */
  readonly read: () => AsyncIterable<Buffer> | Iterable<Buffer>
}

interface BodyCall {
  readonly method: 'POST' | 'PUT'
  readonly url: URL
  readonly headers?: Readonly<Record<string, string>>
  readonly body: Body
  /** Whether a connection of an earlier call will do, and this one be kept for the next. */
  readonly keepsAlive?: boolean
  readonly signal?: AbortSignal | undefined
  /** How long the server may take to answer when it has the whole body. */
  readonly answerMs?: number
}

/** A connection that moves nothing for this long while a body is sent is dead. */
const sendIdleMs = 120_000

/** The genuine server answers only when it has moved and probed the files (runner protocol 1.4). */
const longestAnswerMs = 30 * 60_000

/**
 * Sends a form, or a segment, with its length said beforehand, and takes 204 for success, as all such
 * calls do (runner protocol 1.1, 2.8). Redirects are refusals. Not through `fetch`, which would send
 * a stream without its length, give up after five minutes without an answer, and copy bytes twice.
 *
 * @throws ReelmillError as `callServer`.
 */
export async function sendBody(call: BodyCall): Promise<void> {
  const { status, text } = await transmit(call).catch((error: unknown) => {
    if (isReadFailure(error)) throw error
    throw new ReelmillError('server_unreachable', `${call.url.origin} cannot be reached.`, {
      cause: error,
    })
  })
  if (status !== 204) throw refusal({ method: call.method, path: call.url.pathname }, status, text)
}

interface Answer {
  readonly status: number
  readonly text: string
}

function transmit(call: BodyCall): Promise<Answer> {
  const { method, url, body, keepsAlive = false, signal, answerMs = longestAnswerMs } = call
  const open = url.protocol === 'https:' ? requestByHttps : requestByHttp
  const headers = {
    accept: 'application/json',
    ...call.headers,
    'content-type': body.contentType,
    'content-length': body.sizeBytes,
  }
  return new Promise((resolve, reject) => {
    // A kept connection may be closed by the server just now: not for what is long to send again.
    const agent = keepsAlive ? {} : { agent: false }
    const request = open(url, { method, headers, ...agent, ...(signal ? { signal } : {}) })
    const giveUp = () => request.destroy(new Error('The connection fell silent.'))
    request.setTimeout(Math.min(sendIdleMs, answerMs), giveUp)
    request.once('finish', () => request.setTimeout(answerMs, giveUp))
    let isAnswered = false
    const fail = (error: unknown) => {
      if (!isAnswered) reject(error)
    }
    request.on('error', fail)
    request.once('response', (response) => {
      isAnswered = true
      const answer = readText(response).then((text) => ({
        status: response.statusCode ?? 0,
        text,
      }))
      // An answer may come before the body's end: nobody reads the rest then.
      const isSent = () => request.writableFinished && keepsAlive
      void answer.then(resolve, reject).finally(() => isSent() || request.destroy())
    })
    pipeline(Readable.from(body.read(), { objectMode: false }), request).catch(fail)
  })
}

/** Of our own files, not of the network. */
function isReadFailure(error: unknown): boolean {
  return error instanceof Error && 'path' in error && 'syscall' in error
}
