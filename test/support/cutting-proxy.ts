import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'

/** How a request begins that sends a part of an upload. */
const uploading = Buffer.from('PATCH ')

/** A way to servers on which connections break. */
export interface CuttingProxy {
  readonly url: string
  /** How many connections came. */
  connections(): number
  /**
   * Where the next connection leads to, and after how many bytes of an upload it breaks off; null:
   * never. What pages themselves ask for comes through.
   */
  next: (number: number) => { readonly port: number; readonly cutAfterBytes: number | null }
}

/** Opens one on a free port of this machine; it ends with the test. */
export async function openCuttingProxy(
  t: { readonly after: (hook: () => Promise<void>) => void },
  next: CuttingProxy['next'],
): Promise<CuttingProxy> {
  let count = 0
  const open = new Set<Socket>()
  const server = createServer((client) => {
    open.add(client.on('close', () => open.delete(client)))
    count += 1
    forward(client, proxy.next(count))
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  t.after(async () => {
    for (const socket of open) socket.destroy()
    server.close()
    await once(server, 'close')
  })
  const { port } = server.address() as AddressInfo
  const proxy: CuttingProxy = {
    url: `http://127.0.0.1:${port}`,
    connections: () => count,
    next,
  }
  return proxy
}

function forward(client: Socket, { port, cutAfterBytes }: ReturnType<CuttingProxy['next']>): void {
  const server = connect(port, '127.0.0.1')
  const cut = () => {
    client.destroy()
    server.destroy()
  }
  let left = Number.POSITIVE_INFINITY
  client.on('data', (chunk: Buffer) => {
    if (chunk.subarray(0, 6).equals(uploading)) left = Math.min(left, cutAfterBytes ?? left)
    server.write(chunk.subarray(0, left))
    left -= chunk.length
    // The bytes before the cut arrive, as they do where a network breaks.
    if (left <= 0) server.end(cut)
  })
  server.on('data', (chunk) => client.write(chunk))
  for (const socket of [client, server]) socket.on('error', cut).on('close', cut)
}
