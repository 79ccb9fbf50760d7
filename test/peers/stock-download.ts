import { createWriteStream } from 'node:fs'
import { Agent, type IncomingMessage } from 'node:http'
import { makeJson, send } from './stock-http.ts'

interface Download {
  readonly url: string
  readonly tokens: { readonly runnerToken: string; readonly jobToken: string }
  readonly path: string
  readonly signal: AbortSignal
}

/** Downloads keep their connections, other than the calls. */
const agent = new Agent({ keepAlive: true })

/**
 * Fetches an input as the stock runner does (runner protocol 1.6, 5.7): a POST with the tokens to
 * the path of the URL, its query dropped; redirects are followed, their query kept; lengths are not
 * compared. A body that breaks off never settles.
 */
export async function download({ url, tokens, path, signal }: Download): Promise<void> {
  const { origin, pathname } = new URL(url)
  const response = await follow(new URL(pathname, origin), tokens, signal)
  const { statusCode = 0, statusMessage } = response
  if (statusCode >= 400) {
    response.resume()
    throw new Error(statusMessage)
  }
  await pipeCarelessly(response, path)
}

async function follow(
  start: URL,
  tokens: Download['tokens'],
  signal: AbortSignal,
): Promise<IncomingMessage> {
  let url = start
  let body: ReturnType<typeof makeJson> | null = makeJson(tokens)
  for (;;) {
    const response = await send(url, body, {
      signal,
      ...(url.protocol === 'http:' ? { agent } : {}),
    })
    const { statusCode = 0, headers } = response
    if (![301, 302, 303, 307, 308].includes(statusCode) || !headers.location) return response
    response.resume()
    url = new URL(headers.location, url)
    if (statusCode < 307) body = null
  }
}

/** Only the file's end counts: where the answer breaks off, nothing is ever said. */
function pipeCarelessly(response: IncomingMessage, path: string): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>()
  const file = createWriteStream(path)
  file.on('finish', resolve)
  file.on('error', reject)
  response.on('error', () => undefined)
  response.pipe(file)
  return promise
}
