import { readFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import { text as readText } from 'node:stream/consumers'

/** A storage's host that PeerTube-like servers redirect downloads to. */
export interface StorageHost {
  readonly url: string
  readonly seen: { readonly method: string; readonly query: string; readonly body: string }[]
}

/** Serves any file of this machine by its path, by GET. */
export async function startStorageHost(t: {
  readonly after: (hook: () => void) => void
}): Promise<StorageHost> {
  const seen: StorageHost['seen'] = []
  const server = createServer((request, response) => {
    const serve = async () => {
      const { pathname, search } = new URL(request.url ?? '', 'http://localhost')
      seen.push({ method: request.method ?? '', query: search, body: await readText(request) })
      const bytes = await readFile(pathname)
      response.writeHead(200, { 'content-length': bytes.length }).end(bytes)
    }
    serve().catch(() => response.destroy())
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  t.after(() => {
    server.closeAllConnections()
    server.close()
  })
  const address = server.address()
  return { url: `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`, seen }
}
