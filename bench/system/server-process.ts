import { createServer } from 'node:net'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { execa } from 'execa'

/** The program that every process of Reelmill is. */
export const program = join(import.meta.dirname, '../../src/reelmill.ts')

/** A server in a process of its own. */
export interface ServerProcess {
  readonly url: string
  readonly pid: number
  readonly dataDir: string
  readonly stop: () => Promise<void>
}

interface Options {
  readonly dataDir: string
  readonly env?: Readonly<Record<string, string>>
}

/** Whatever the bench's own environment says; an empty one counts as unset. */
const plainSettings = {
  LOG_LEVEL: 'warn',
  HOST: '127.0.0.1',
  GRPC_PORT: '0',
  STORAGE: 'fs',
  DATABASE_URL: '',
  ADMIN_KEY: '',
  PUBLIC_URL: '',
}

/** How long a server may take to be ready. */
const readyWithinMs = 60_000

/** Starts `serve` with its embedded database, and waits until it is ready. */
export async function startServerProcess({ dataDir, env = {} }: Options): Promise<ServerProcess> {
  const port = await findFreePort()
  const child = execa(process.execPath, [program, 'serve'], {
    env: {
      ...plainSettings,
      PORT: String(port),
      DATA_DIR: dataDir,
      ...env,
    },
    stdout: 'ignore',
    stderr: 'inherit',
    reject: false,
    forceKillAfterDelay: 30_000,
  })
  const url = `http://127.0.0.1:${port}`
  const stop = async (): Promise<void> => {
    child.kill('SIGTERM')
    await child
  }
  try {
    await waitUntilReady(url)
  } catch (error) {
    await stop()
    throw error
  }
  return { url, pid: child.pid ?? 0, dataDir, stop }
}

async function waitUntilReady(url: string): Promise<void> {
  const deadline = performance.now() + readyWithinMs
  while (performance.now() < deadline) {
    const isReady = await fetch(`${url}/health/ready`).then(
      ({ ok }) => ok,
      // Nobody listens yet.
      () => false,
    )
    if (isReady) return
    await delay(50)
  }
  throw new Error(`the server was not ready within ${readyWithinMs} ms`)
}

function findFreePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer().once('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0))
    })
  })
}
