import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { text as readText } from 'node:stream/consumers'
import { Server as SocketServer } from 'socket.io'
import {
  abort,
  accept,
  fail,
  register,
  request,
  succeed,
  unregister,
  update,
} from './peertube-calls.ts'
import { findFile, sendFile } from './peertube-files.ts'
import { readSentForm } from './peertube-form.ts'
import { presentRefusal, Refusal } from './peertube-problems.ts'
import { PeertubeState, type SeenCall } from './peertube-state.ts'

/** The double of a PeerTube server (8.2), as far as a runner can tell. */
export interface PeertubeServer {
  readonly url: string
  readonly state: PeertubeState
  /** Tells all runners that there is work. */
  readonly ping: () => void
  /** Runners that are connected now. */
  readonly countSockets: () => number
  readonly close: () => Promise<void>
}

interface Ending {
  readonly after: (hook: () => Promise<void> | void) => void
}

/** Starts one on a free port of this machine, or on the given one; it ends with `t`. */
export async function startPeertubeServer(t: Ending, port = 0): Promise<PeertubeServer> {
  const state = new PeertubeState()
  const server = createServer((incoming, response) => {
    answer(state, incoming, response).catch((error: unknown) => {
      state.remarks.push(`a call broke the server: ${String(error)}`)
      response.destroy()
    })
  })
  const io = openSockets(state, server)
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
  const address = server.address()
  const close = async () => {
    server.closeAllConnections()
    await io.close()
  }
  t.after(close)
  return {
    url: `http://127.0.0.1:${typeof address === 'object' ? address?.port : port}`,
    state,
    ping: () => void io.of('/runners').emit('available-jobs'),
    countSockets: () => io.of('/runners').sockets.size,
    close,
  }
}

/** Section 4. Pings are left to the test, which knows when a minute without one is wanted. */
function openSockets(state: PeertubeState, server: ReturnType<typeof createServer>) {
  const io = new SocketServer(server, { transports: ['websocket'] })
  io.of('/runners').use((socket, next) => {
    const { runnerToken } = socket.handshake.auth as { readonly runnerToken?: unknown }
    if (runnerToken === undefined) return next(new Error('No runner token provided'))
    const isKnown = state.runners.some((runner) => runner.runnerToken === runnerToken)
    const isWelcome = isKnown && !state.faults.refusesSockets
    return next(isWelcome ? undefined : new Error('Invalid runner token'))
  })
  return io
}

async function answer(state: PeertubeState, incoming: IncomingMessage, response: ServerResponse) {
  const { pathname: path } = new URL(incoming.url ?? '', 'http://localhost')
  const call: SeenCall = { method: incoming.method ?? '', path, body: null, status: 0 }
  state.calls.push(call)
  try {
    const result = await dispatch(state, { incoming, response, call })
    if (result === handled) return
    call.status = result === null ? 204 : 200
    const body = result === null ? '' : JSON.stringify(result)
    response.writeHead(call.status, { 'content-type': 'application/json' }).end(body)
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    call.status = error.status
    const type = { 'content-type': 'application/problem+json; charset=utf-8' }
    response.writeHead(error.status, type).end(JSON.stringify(presentRefusal(error)))
  }
}

/** The answer is under way already, or never comes. */
const handled = Symbol('handled')

interface Exchange {
  readonly incoming: IncomingMessage
  readonly response: ServerResponse
  readonly call: SeenCall
}

type JsonCall = (state: PeertubeState, body: object) => object | null
type JobCall = (state: PeertubeState, uuid: string, body: object) => object | null

const runnerCalls: Readonly<Record<string, JsonCall>> = {
  register,
  unregister,
  'jobs/request': request,
}

const jobCalls: Readonly<Record<string, JobCall>> = { accept, abort, error: fail }

async function dispatch(state: PeertubeState, exchange: Exchange): Promise<object | null | symbol> {
  const { call } = exchange
  if (call.path.startsWith('/custom/')) return takeCustomUpload(state, exchange)
  // Downloads are served by POST only, as all else that runners call.
  if (call.method !== 'POST') throw new Refusal(404, 'Not found')
  const rest = call.path.replace(/^\/api\/v1\/runners\//, '')
  const runnerCall = runnerCalls[rest]
  if (runnerCall) return runnerCall(state, await readJson(exchange))
  const { uuid = '', verb = '' } = /^jobs\/(?<uuid>[^/]+)\/(?<verb>.+)$/.exec(rest)?.groups ?? {}
  if (verb === 'update' || verb === 'success') return takeForm(state, exchange, { uuid, verb })
  const body = await readJson(exchange)
  const jobCall = jobCalls[verb]
  if (jobCall) return jobCall(state, uuid, body)
  return giveFile(state, exchange, { uuid, body, ...parseFileAddress(verb) })
}

function parseFileAddress(rest: string): { readonly videoId: string; readonly what: string } {
  const [, videoId, what] = /^files\/videos\/([^/]+)\/(.+)$/.exec(rest) ?? []
  if (videoId === undefined || what === undefined) throw new Refusal(404, 'Not found')
  return { videoId, what }
}

async function takeForm(
  state: PeertubeState,
  { incoming, response, call }: Exchange,
  { uuid, verb }: { readonly uuid: string; readonly verb: 'update' | 'success' },
): Promise<object | null | symbol> {
  const form = await readSentForm(incoming)
  if (form === null) {
    state.remarks.push(`${verb} was not sent as a form`)
    throw new Refusal(400, 'runnerToken')
  }
  call.body = form.parts.map(({ name }) => name)
  state.remarks.push(...form.remarks)
  const result = verb === 'update' ? update(state, uuid, form) : succeed(state, uuid, form)
  if (verb === 'update' || !state.fails('lostSuccesses')) return result
  response.destroy()
  return handled
}

async function giveFile(
  state: PeertubeState,
  { response, call }: Exchange,
  asked: Parameters<typeof findFile>[1],
): Promise<symbol> {
  const path = findFile(state, asked)
  const { redirect } = state.faults
  call.status = redirect?.status ?? 200
  if (redirect) response.writeHead(redirect.status, { location: redirect.location(path) }).end()
  else await sendFile(state, path, response)
  return handled
}

/** An endpoint of somebody else's that takes one file alone (2.8). */
async function takeCustomUpload(state: PeertubeState, { incoming, call }: Exchange): Promise<null> {
  const form = await readSentForm(incoming)
  const [part, ...others] = form?.parts ?? []
  if (part?.name !== 'file' || others.length > 0) throw new Refusal(400, 'one file is expected')
  state.remarks.push(...(form?.remarks ?? []))
  state.customUploads.push({ path: incoming.url ?? '', method: call.method, bytes: part.bytes })
  return null
}

/** The body as the server's JSON parser sees it: 500 kB at most (1.1). */
async function readJson({ incoming, call }: Exchange): Promise<object> {
  const text = await readText(incoming)
  if (text.length > 500_000) throw new Refusal(413, 'Too large')
  const isJson = incoming.headers['content-type']?.startsWith('application/json')
  const body = isJson ? parseJson(text) : {}
  call.body = body
  return typeof body === 'object' && body !== null ? body : {}
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    // What the parser cannot read is an empty body to the checks.
    return {}
  }
}
