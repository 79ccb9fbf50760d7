import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'
import { join } from 'node:path'

/** The only way to a database, which can be shut. */
export interface DatabaseGate {
  /** DATABASE_URL of a server that goes through it. */
  readonly url: string
  /** Cuts every connection, and every new one at once: as when PostgreSQL is away. */
  shut(): void
  open(): void
}

/** Opens a gate on a port of this machine to the database of a URL; it ends with the test. */
export async function openDatabaseGate(
  t: { readonly after: (hook: () => void) => void },
  databaseUrl: string,
): Promise<DatabaseGate> {
  const target = new URL(databaseUrl.replace('postgres:///', 'postgres://localhost/'))
  const sockets = new Set<Socket>()
  let isShut = false
  const gate = createServer((near) => {
    if (isShut) return void near.destroy()
    const far = connect(addressOf(target))
    for (const [one, other] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(one)
      one.pipe(other)
      // What breaks one side breaks the other; that is what the gate is for.
      one.on('error', () => undefined)
      one.on('close', () => {
        sockets.delete(one)
        other.destroy()
      })
    }
  })
  gate.listen(0, '127.0.0.1')
  await once(gate, 'listening')
  const cut = () => {
    for (const socket of sockets) socket.destroy()
  }
  t.after(() => {
    cut()
    gate.close()
  })
  const user = target.searchParams.get('user') ?? target.username
  const { port } = gate.address() as AddressInfo
  return {
    url: `postgres://${user}@127.0.0.1:${port}${target.pathname}`,
    shut: () => {
      isShut = true
      cut()
    },
    open: () => {
      isShut = false
    },
  }
}

/** A folder in `host` is where the Unix socket lies. */
function addressOf(url: URL): { path: string } | { host: string; port: number } {
  const folder = url.searchParams.get('host')
  const port = Number(url.port || 5432)
  if (folder?.startsWith('/')) return { path: join(folder, `.s.PGSQL.${port}`) }
  return { host: url.hostname, port }
}
