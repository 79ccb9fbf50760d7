import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/** A request as it came, body and all. */
export interface SeenRequest {
  readonly method: string
  /** With its query. */
  readonly url: string
  readonly headers: IncomingMessage['headers']
  readonly body: string
}

/** Answers one path; what it leaves unanswered stays so. */
type Script = (request: SeenRequest, response: ServerResponse) => void

export interface ScriptedServer {
  readonly url: string
  readonly seen: SeenRequest[]
  /** Bodies that came to a path, in order. */
  bodiesOf(path: string): string[]
}

/** A server that does as it is told for each path, and refuses all others; ends with the test. */
export async function startScriptedServer(
  t: { after: (hook: () => void) => void },
  scripts: Readonly<Record<string, Script>>,
): Promise<ScriptedServer> {
  const seen: SeenRequest[] = []
  const server = createServer((request, response) => {
    void readRequest(request).then((one) => {
      seen.push(one)
      const script = scripts[one.url.split('?')[0] ?? '']
      if (script) script(one, response)
      else response.writeHead(404).end()
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  t.after(() => {
    server.close()
    server.closeAllConnections()
  })
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    seen,
    bodiesOf: (path) => seen.filter(({ url }) => url === path).map(({ body }) => body),
  }
}

async function readRequest(request: IncomingMessage): Promise<SeenRequest> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  const { method = '', url = '', headers } = request
  return { method, url, headers, body: Buffer.concat(chunks).toString('latin1') }
}

/** Answers with JSON. */
export function sendJson(response: ServerResponse, value: object, status = 200): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value))
}
