import { once } from 'node:events'
import {
  createServer,
  type IncomingMessage,
  request,
  type Server,
  type ServerResponse,
} from 'node:http'
import type { AddressInfo } from 'node:net'
import { pipeline } from 'node:stream/promises'
import { setTimeout as delay } from 'node:timers/promises'

/** What happens to one call: nothing (null), or one of the things that happen on networks. */
export type Fault =
  | null
  /** The server is not reached; the answer has this status and, as S3 writes it, this code. */
  | { readonly kind: 'answer'; readonly status: number; readonly code: string }
  /** The answer's body ends with the connection after so many bytes. */
  | { readonly kind: 'cut'; readonly afterBytes: number }
  /** The answer's body stops after so many bytes, and the connection stays. */
  | { readonly kind: 'stall'; readonly afterBytes: number }
  /** The server is not reached, and nothing is answered. */
  | { readonly kind: 'silence' }
  /** The call's body passes as over a slow line. */
  | { readonly kind: 'slow'; readonly bytesPerSecond: number }
  /** The server does what it is told, and its answer is lost. */
  | { readonly kind: 'lose-answer' }

/** A call as a proxy sees it. */
export interface SeenCall {
  readonly method: string
  readonly url: string
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
}

/** An HTTP proxy in front of a real server that does to each call what `choose` says. */
export interface FaultProxy {
  readonly url: string
  /** Every call that came, in order. */
  readonly calls: readonly SeenCall[]
  /** Decides about the calls from now on. */
  choose: (call: SeenCall) => Fault
  /** Refuses connections and breaks those that there are, until `up`. */
  down(): Promise<void>
  up(): Promise<void>
}

/** Opens one before `origin`; it ends with the test. */
export async function openFaultProxy(
  t: { readonly after: (hook: () => Promise<void>) => void },
  origin: string,
): Promise<FaultProxy> {
  const calls: SeenCall[] = []
  const server = createServer((incoming, answer) => {
    const { method = '', url = '', headers } = incoming
    const call = { method, url, headers }
    calls.push(call)
    const fault = proxy.choose(call)
    if (fault?.kind === 'answer') refuse(incoming, answer, fault)
    else if (fault?.kind === 'silence') incoming.resume()
    else forward(origin, { incoming, answer, fault })
  })
  const port = await listen(server, 0)
  const proxy: FaultProxy = {
    url: `http://127.0.0.1:${port}`,
    calls,
    choose: () => null,
    down: () => close(server),
    up: async () => void (await listen(server, port)),
  }
  t.after(() => close(server))
  return proxy
}

async function listen(server: Server, port: number): Promise<number> {
  server.listen(port, '127.0.0.1')
  await once(server, 'listening')
  return (server.address() as AddressInfo).port
}

async function close(server: Server): Promise<void> {
  if (!server.listening) return
  server.close()
  server.closeAllConnections()
  await once(server, 'close')
}

function refuse(
  incoming: IncomingMessage,
  answer: ServerResponse,
  { status, code }: { readonly status: number; readonly code: string },
): void {
  incoming.resume()
  incoming.once('end', () => {
    answer.writeHead(status, { 'content-type': 'application/xml' })
    answer.end(`<?xml version="1.0"?><Error><Code>${code}</Code><Message>no</Message></Error>`)
  })
}

interface Exchange {
  readonly incoming: IncomingMessage
  readonly answer: ServerResponse
  readonly fault: Exclude<Fault, { kind: 'answer' | 'silence' }>
}

function forward(origin: string, { incoming, answer, fault }: Exchange): void {
  const { method, url, headers } = incoming
  const outgoing = request(`${origin}${url}`, { method, headers }, (response) => {
    if (fault?.kind === 'lose-answer') {
      response.resume()
      response.once('end', () => answer.destroy())
      return
    }
    answer.writeHead(response.statusCode ?? 502, response.headers)
    answer.flushHeaders()
    void pass(response, answer, fault)
  })
  outgoing.once('error', () => answer.destroy())
  answer.once('close', () => outgoing.destroy())
  if (fault?.kind !== 'slow') incoming.pipe(outgoing)
  else pipeline(incoming, slowDown(fault.bytesPerSecond), outgoing).catch(() => answer.destroy())
}

function slowDown(bytesPerSecond: number) {
  return async function* (body: AsyncIterable<Buffer>) {
    for await (const chunk of body) {
      await delay((chunk.length / bytesPerSecond) * 1000)
      yield chunk
    }
  }
}

async function pass(
  response: IncomingMessage,
  answer: ServerResponse,
  fault: Exchange['fault'],
): Promise<void> {
  const limit = fault && 'afterBytes' in fault ? fault.afterBytes : Number.POSITIVE_INFINITY
  let passed = 0
  try {
    for await (const chunk of response as AsyncIterable<Buffer>) {
      const part = chunk.subarray(0, limit - passed)
      passed += part.length
      if (!answer.write(part)) await once(answer, 'drain')
      if (passed < limit) continue
      // What was written still goes out.
      if (fault?.kind === 'cut') answer.socket?.destroySoon()
      return
    }
    answer.end()
  } catch {
    // One of the two went away: so does the other.
    answer.destroy()
  }
}
