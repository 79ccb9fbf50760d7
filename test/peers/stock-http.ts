import { once } from 'node:events'
import { type IncomingMessage, type RequestOptions, request as requestHttp } from 'node:http'
import { request as requestHttps } from 'node:https'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { unzipSync } from 'node:zlib'

/** What is sent: its length is always known in advance. */
export interface Body {
  readonly type: string
  readonly lengthBytes: number
  read(): AsyncIterable<Buffer>
}

/** An answer, read to its end. */
interface Reply {
  readonly status: number
  readonly text: string
  /** Parsed where the content type is any kind of JSON; else null. */
  readonly json: Readonly<Record<string, unknown>> | null
}

/** An answer with another status than the one and only that was expected (runner protocol 5.7). */
export class UnexpectedStatus extends Error {
  readonly status: number
  /** The top level's `code` of a problem document. */
  readonly code: string | null

  constructor(path: string, { status, json, text }: Reply) {
    const { code, detail, error } = json ?? {}
    const said = [detail, error].find((each) => typeof each === 'string')
    super(said ?? `${status} from ${path}: ${text}`)
    this.status = status
    this.code = typeof code === 'string' ? code : null
  }
}

export interface ApiCall {
  /** The origin that was registered. */
  readonly url: string
  /** Below the protocol's prefix: "/jobs/request". */
  readonly path: string
  readonly body: Body
  readonly expects: 200 | 204
  readonly signal?: AbortSignal
}

type SendOptions = Omit<RequestOptions, 'headers'> & {
  readonly headers?: Readonly<Record<string, string>>
}

/** A JSON body. */
export function makeJson(value: object): Body {
  const bytes = Buffer.from(JSON.stringify(value))
  return {
    type: 'application/json',
    lengthBytes: bytes.length,
    read: async function* () {
      yield bytes
    },
  }
}

/**
 * One call as the stock runner makes it: a connection of its own, no User-Agent, no redirects, one
 * exact status (runner protocol 5.2, 5.7).
 *
 * @throws UnexpectedStatus
 */
export async function callApi(call: ApiCall): Promise<Reply> {
  const path = `/api/v1/runners${call.path}`
  const response = await send(new URL(path, call.url), call.body, {
    agent: false,
    headers: {
      accept: 'application/json',
      'accept-encoding': 'gzip, deflate',
      connection: 'close',
    },
    ...(call.signal ? { signal: call.signal } : {}),
  })
  const reply = await readReply(response)
  if (reply.status !== call.expects) throw new UnexpectedStatus(call.path, reply)
  return reply
}

/**
 * Sends one file of a result to an address of its own (runner protocol 2.8).
 *
 * @throws UnexpectedStatus for any status but 204.
 */
export async function sendCustom(
  { url, method = 'PUT' }: { readonly url: string; readonly method?: 'PUT' | 'POST' },
  body: Body,
  signal: AbortSignal,
): Promise<void> {
  const reply = await readReply(await send(new URL(url), body, { method, signal, agent: false }))
  if (reply.status !== 204) throw new UnexpectedStatus(url, reply)
}

/** Sends a request; settles with the answer's head. GET when there is no body, POST else. */
export async function send(
  url: URL,
  body: Body | null,
  options: SendOptions = {},
): Promise<IncomingMessage> {
  const { headers, ...rest } = options
  const request = (url.protocol === 'https:' ? requestHttps : requestHttp)(url, {
    method: body ? 'POST' : 'GET',
    ...rest,
    headers: {
      ...headers,
      ...(body ? { 'content-type': body.type, 'content-length': body.lengthBytes } : {}),
    },
  })
  const answered = once(request, 'response') as Promise<[IncomingMessage]>
  // A server may answer before it has taken everything in; what counts is its answer.
  request.on('error', () => undefined)
  if (body) pipeline(Readable.from(body.read()), request).catch(() => undefined)
  else request.end()
  const [response] = await answered
  return response
}

async function readReply(response: IncomingMessage): Promise<Reply> {
  const chunks: Buffer[] = []
  for await (const chunk of response) chunks.push(chunk as Buffer)
  const bytes = Buffer.concat(chunks)
  const isPacked = /gzip|deflate/.test(response.headers['content-encoding'] ?? '')
  const text = (isPacked ? unzipSync(bytes) : bytes).toString()
  const isJson = /[/+]json/.test(response.headers['content-type'] ?? '')
  return {
    status: response.statusCode ?? 0,
    text,
    json: isJson && text !== '' ? (JSON.parse(text) as Reply['json']) : null,
  }
}
