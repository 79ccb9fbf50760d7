import {
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type ServerResponse,
} from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { Webhook } from 'standardwebhooks'

/** A call that was received. */
export interface ReceivedCall {
  readonly path: string
  readonly headers: IncomingHttpHeaders
  readonly body: string
  /** Its webhook-id. */
  readonly id: string
}

/** An application that is told of events. */
export interface WebhookReceiver {
  /** Without a path. */
  readonly url: string
  /** Every call, in the order of their coming, taken or not. */
  readonly calls: readonly ReceivedCall[]
  /** The bodies of those that were taken, by webhook-id: what an application that tells repetitions acts on. */
  readonly taken: ReadonlyMap<string, Record<string, unknown>>
  /** How the next calls are answered; undefined and after them: 204. */
  readonly answers: Answer[]
  /** Fails calls whose signature is wrong from now on; tests look at `forged`. */
  verifyWith(secret: string): void
  /** Calls whose signature was wrong. */
  readonly forged: readonly ReceivedCall[]
  close(): Promise<void>
}

/** A status, or something else that happens to the call. */
export type Answer = number | ((response: ServerResponse, call: ReceivedCall) => void)

/** Starts one; it ends with `t`. The same `port` as before makes it the same receiver again. */
export async function startWebhookReceiver(
  t: { readonly after: (hook: () => Promise<void> | void) => void },
  port = 0,
): Promise<WebhookReceiver> {
  const calls: ReceivedCall[] = []
  const forged: ReceivedCall[] = []
  const taken = new Map<string, Record<string, unknown>>()
  const answers: Answer[] = []
  let webhook: Webhook | null = null
  const receive = async (request: IncomingMessage, response: ServerResponse) => {
    const { headers, url: path = '' } = request
    const call = { path, headers, body: await text(request), id: String(headers['webhook-id']) }
    calls.push(call)
    const answer = answers.shift() ?? 204
    if (typeof answer === 'function') return answer(response, call)
    try {
      webhook?.verify(call.body, headers as Record<string, string>)
      if (answer < 300) taken.set(call.id, JSON.parse(call.body) as Record<string, unknown>)
      response.writeHead(answer).end(answer < 300 ? '' : 'not now')
    } catch {
      forged.push(call)
      response.writeHead(401).end()
    }
  }
  const server = createServer((request, response) => void receive(request, response))
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
  const close = async () => {
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  }
  t.after(close)
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    calls,
    taken,
    answers,
    forged,
    close,
    verifyWith: (secret) => {
      webhook = new Webhook(secret)
    },
  }
}
