import { randomUUID } from 'node:crypto'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { pipeline } from 'node:stream/promises'
import type { ObjectInfo, Storage } from './contract.ts'

/** An object at an address of this machine. */
export interface ServedObject {
  readonly url: string
  /** Ends it, and whatever is still being read. */
  close(): Promise<void>
}

/**
 * Serves one object, at an address that nobody can guess, to programs of this machine that read files
 * by ranges over HTTP but know neither keys nor tries. So they read from any driver, and all that it
 * does about a storage that stumbles is done for them too.
 */
export async function serveObject(storage: Storage, info: ObjectInfo): Promise<ServedObject> {
  const path = `/${randomUUID()}`
  const server = createServer((request, response) => {
    if (request.url === path) void send(storage, info, request, response)
    else response.writeHead(404).end()
  })
  const port = await listen(server)
  return {
    url: `http://127.0.0.1:${port}${path}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

function listen(server: Server): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      resolve(typeof address === 'object' && address ? address.port : 0)
    })
  })
}

async function send(
  storage: Storage,
  { key, sizeBytes }: ObjectInfo,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const [, first, last] = /^bytes=(\d+)-(\d*)$/.exec(request.headers.range ?? '') ?? []
  const start = Number(first ?? 0)
  const end = last ? Math.min(Number(last), sizeBytes - 1) : sizeBytes - 1
  const headers = { 'accept-ranges': 'bytes', 'content-type': 'application/octet-stream' }
  if (first !== undefined && start > end) {
    response.writeHead(416, { 'content-range': `bytes */${sizeBytes}` }).end()
    return
  }
  try {
    const body = await storage.get(key, first === undefined ? undefined : { start, end })
    response.writeHead(first === undefined ? 200 : 206, {
      ...headers,
      'content-length': end - start + 1,
      ...(first === undefined ? {} : { 'content-range': `bytes ${start}-${end}/${sizeBytes}` }),
    })
    await pipeline(body, response)
  } catch {
    // The reader has what it wanted and went away, or sees by the length that this is not all.
    if (!response.headersSent) response.writeHead(503)
    response.destroy()
  }
}
