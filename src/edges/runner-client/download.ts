import { createWriteStream } from 'node:fs'
import { Readable, Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { Agent, EnvHttpProxyAgent, fetch, type Response } from 'undici'
import { usesProxyOfEnvironment } from '#config/environment.ts'
import { ReelmillError } from '#errors/reelmill-error.ts'
import type { JobHolder } from './api.ts'
import { refusal } from './call.ts'

interface Download {
  /** The server as we know it. */
  readonly server: string
  /** The input's address in the payload, under the server's public name. */
  readonly address: string
  readonly holder: JobHolder
  /** Where it goes; what is there is replaced. */
  readonly path: string
  readonly signal: AbortSignal
  readonly idleMs?: number
  readonly answerMs?: number
  /** Asks the server to send the bytes itself: the bucket that it led to was no good. */
  readonly throughServer?: boolean
  /** The address is none of the server's: it is asked as it is, and shown no tokens. */
  readonly isElsewhere?: boolean
}

/** A server that sends nothing for this long will not send the rest either. */
const longestIdleMs = 60_000

/** The server answers when it has cut the input: it waits for its turn, and decodes all of a sound. */
const longestAnswerMs = 600_000

/**
 * Node's own fetch gives an answer up after 300 s, and takes no agent but of its own release. The
 * limits are ours; a proxy is used where Node was told to use one, as for every other call.
 */
const unlimited = { headersTimeout: 0, bodyTimeout: 0 }
const dispatcher = usesProxyOfEnvironment()
  ? new EnvHttpProxyAgent(unlimited)
  : new Agent(unlimited)

const maxRedirects = 5

/**
 * Downloads an input of a job, once (runner protocol 1.6): a POST that shows the job's tokens to the
 * server that we know. Resolves only when every byte that was announced is on the disk.
 *
 * @throws ReelmillError `server_unreachable` when it broke off, fell silent or was short: it may be
 * tried again from its start. Else as `callServer`, and the system's error when the disk refuses.
 */
export async function downloadInput(download: Download): Promise<void> {
  const { idleMs = longestIdleMs, answerMs = longestAnswerMs } = download
  const silence = limitSilence()
  const signal = AbortSignal.any([download.signal, silence.signal])
  try {
    const response = await openInput(download, signal, ({ body }) =>
      // Without tokens it is a storage that is asked, which has nothing to make.
      silence.allow(body === null ? idleMs : answerMs),
    )
    silence.allow(idleMs)
    await receive(response, { ...download, signal, onBytes: silence.hear })
  } catch (error) {
    if (error instanceof ReelmillError || isDiskFailure(error)) throw error
    throw new ReelmillError('server_unreachable', 'The download broke off.', { cause: error })
  } finally {
    silence.end()
  }
}

/** Its signal fires when nothing was heard for as long as was last allowed. */
function limitSilence() {
  const controller = new AbortController()
  let timer: NodeJS.Timeout | undefined
  return {
    signal: controller.signal,
    allow: (ms: number): void => {
      clearTimeout(timer)
      timer = setTimeout(() => controller.abort(), ms)
    },
    hear: (): void => void timer?.refresh(),
    end: (): void => clearTimeout(timer),
  }
}

/** The answer that holds the bytes, at the end of the redirects; `onStep` hears of each call. */
async function openInput(
  download: Download,
  signal: AbortSignal,
  onStep: (step: Step) => void,
): Promise<Response> {
  let step = firstStep(download)
  for (let redirects = 0; redirects <= maxRedirects; redirects += 1) {
    onStep(step)
    const response = await fetch(step.url, {
      method: step.body === null ? 'GET' : 'POST',
      headers: {
        'accept-encoding': 'identity',
        ...(step.body === null ? {} : { 'content-type': 'application/json' }),
        ...(download.throughServer ? { 'x-through-server': 'yes' } : {}),
      },
      body: step.body,
      redirect: 'manual',
      signal,
      dispatcher,
    })
    const location = response.headers.get('location')
    if (!redirectStatuses.has(response.status) || location === null) return accept(response, step)
    await response.body?.cancel()
    step = follow(step, response.status, location)
  }
  throw new ReelmillError('server_refused', 'The download is redirected again and again.')
}

const redirectStatuses: ReadonlySet<number> = new Set([301, 302, 303, 307, 308])

interface Step {
  readonly url: URL
  /** The tokens; null for a GET. */
  readonly body: string | null
}

/** Set, not resolved: a path that begins with "//" would name another host, and get our tokens. */
function firstStep({ server, address, holder, isElsewhere = false }: Download): Step {
  if (isElsewhere) return { url: readWebAddress(address), body: null }
  const { pathname, search } = new URL(address, server)
  const url = new URL(server)
  url.pathname = pathname
  url.search = search
  const { runnerToken, jobToken } = holder
  return { url, body: JSON.stringify({ runnerToken, jobToken }) }
}

function readWebAddress(address: string): URL {
  const url = URL.canParse(address) ? new URL(address) : null
  if (url && /^https?:$/.test(url.protocol)) return url
  throw new ReelmillError('job_invalid', 'The input of the job is at no web address.')
}

/** 307 and 308 repeat the POST, but the tokens are shown to nobody but the server (5.7). */
function follow({ url, body }: Step, status: number, location: string): Step {
  const next = new URL(location, url)
  if (!/^https?:$/.test(next.protocol)) {
    throw new ReelmillError('server_refused', 'The download is redirected to no web address.')
  }
  if (status < 307 || body === null) return { url: next, body: null }
  if (next.origin === url.origin) return { url: next, body }
  throw new ReelmillError(
    'server_refused',
    'The download is redirected to another server that would get the tokens of the job.',
  )
}

async function accept(response: Response, { url, body }: Step): Promise<Response> {
  if (response.status === 200) return response
  // A storage that refuses says nothing about the job: the server has another way, or address.
  if (body === null) {
    await response.body?.cancel()
    // The path alone: the query of a storage's address may be a key to it.
    const sentence = `GET ${url.pathname} was answered ${response.status}.`
    throw new ReelmillError('server_unreachable', sentence)
  }
  const call = { method: 'POST', path: url.pathname }
  throw refusal(call, response.status, await response.text())
}

interface Receiving {
  readonly path: string
  readonly signal: AbortSignal
  readonly onBytes: () => void
}

async function receive(response: Response, { path, signal, onBytes }: Receiving): Promise<void> {
  const announced = readLength(response)
  let received = 0
  const count = new Transform({
    transform(chunk: Buffer, _, pass) {
      received += chunk.length
      onBytes()
      pass(null, chunk)
    },
  })
  const body = response.body ? Readable.fromWeb(response.body) : Readable.from([])
  await pipeline(body, count, createWriteStream(path), { signal })
  if (announced === null || received === announced) return
  throw new ReelmillError('server_unreachable', 'The download is shorter than was announced.', {
    details: { announced, received },
  })
}

/**
 * The length that was announced; null where the transfer marks its own end, and a missing one is an
 * error of the connection.
 *
 * @throws ReelmillError `server_refused` where the end of the connection would be the only end.
 */
function readLength({ headers }: Response): number | null {
  if (headers.get('content-encoding') === null) {
    const length = headers.get('content-length')
    if (length !== null) return Number(length)
  }
  if (headers.has('content-length') || headers.get('transfer-encoding') === 'chunked') return null
  throw new ReelmillError('server_refused', 'The server does not say how long the download is.')
}

/** Of our own disk, not of the network. */
function isDiskFailure(error: unknown): boolean {
  return (
    error instanceof Error &&
    'syscall' in error &&
    ['open', 'write', 'close'].includes(String(error.syscall))
  )
}
