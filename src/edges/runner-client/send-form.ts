import { request as requestByHttp } from 'node:http'
import { request as requestByHttps } from 'node:https'
import { Readable } from 'node:stream'
import { text as readText } from 'node:stream/consumers'
import { pipeline } from 'node:stream/promises'
import { ReelmillError } from '#errors/reelmill-error.ts'
import { refusal } from './call.ts'
import type { Form } from './form.ts'

interface FormCall {
  readonly method: 'POST' | 'PUT'
  readonly url: URL
  readonly form: Form
  readonly signal?: AbortSignal | undefined
  /** How long the server may take to answer when it has the whole form. */
  readonly answerMs?: number
}

/** A connection that moves nothing for this long while a form is sent is dead. */
const sendIdleMs = 120_000

/** The genuine server answers only when it has moved and probed the files (runner protocol 1.4). */
const longestAnswerMs = 30 * 60_000

/**
 * Sends a form with its length said beforehand, and takes 204 for success, as all calls with forms
 * do (runner protocol 1.1, 2.8). Redirects are refusals. Not through `fetch`, which would send a
 * stream without its length and give up after five minutes without an answer.
 *
 * @throws ReelmillError as `callServer`.
 */
export async function sendForm(call: FormCall): Promise<void> {
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

function transmit(call: FormCall): Promise<Answer> {
  const { method, url, form, signal, answerMs = longestAnswerMs } = call
  const open = url.protocol === 'https:' ? requestByHttps : requestByHttp
  const headers = {
    accept: 'application/json',
    'content-type': form.contentType,
    'content-length': form.sizeBytes,
  }
  return new Promise((resolve, reject) => {
    // A connection of its own: one that was kept may be closed by the server just now.
    const request = open(url, { method, headers, agent: false, ...(signal ? { signal } : {}) })
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
      // An answer may come before the form's end: nobody reads the rest then.
      void answer.then(resolve, reject).finally(() => request.destroy())
    })
    pipeline(Readable.from(form.read(), { objectMode: false }), request).catch(fail)
  })
}

/** Of our own files, not of the network. */
function isReadFailure(error: unknown): boolean {
  return error instanceof Error && 'path' in error && 'syscall' in error
}
