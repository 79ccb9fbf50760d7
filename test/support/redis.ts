import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { connect, createServer } from 'node:net'
import { join } from 'node:path'
import { makeFolder } from './files.ts'
import { waitFor } from './wait-for.ts'

const programs = { server: '/usr/bin/redis-server', sentinel: '/usr/bin/redis-sentinel' }
const missing = Object.values(programs).filter((path) => !existsSync(path))

/** For a test's `skip`: false where the programs are there, else what to install. */
export const skipWithoutRedis =
  missing.length > 0 &&
  `There is no ${missing.join(', no ')}: apt-get install redis-server redis-sentinel`

/** A process of a test, on a port of this machine. */
export interface RedisProcess {
  readonly port: number
  /** Ends it at once, as a crash does. */
  kill(): Promise<void>
}

interface TestEnd {
  readonly after: (hook: () => Promise<void> | void) => void
}

/** A port that nobody has. */
export async function findFreePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1')
  await once(probe, 'listening')
  const address = probe.address()
  probe.close()
  await once(probe, 'close')
  if (address === null || typeof address === 'string') throw new Error('no port')
  return address.port
}

/** Starts a Redis that keeps nothing, with these lines more in its file of settings. */
export async function startRedis(
  t: TestEnd,
  { port, lines = [] }: { readonly port?: number; readonly lines?: readonly string[] } = {},
): Promise<RedisProcess> {
  const chosen = port ?? (await findFreePort())
  return start(t, programs.server, chosen, ['save ""', 'appendonly no', ...lines])
}

/** Starts a Sentinel that alone decides which Redis is `master`. */
export async function startSentinel(
  t: TestEnd,
  { master, masterPort }: { readonly master: string; readonly masterPort: number },
): Promise<RedisProcess> {
  return start(t, programs.sentinel, await findFreePort(), [
    `sentinel monitor ${master} 127.0.0.1 ${masterPort} 1`,
    `sentinel down-after-milliseconds ${master} 500`,
    `sentinel failover-timeout ${master} 3000`,
  ])
}

async function start(
  t: TestEnd,
  program: string,
  port: number,
  lines: readonly string[],
): Promise<RedisProcess> {
  const folder = await makeFolder(t)
  const file = join(folder, 'redis.conf')
  const own = [`port ${port}`, 'bind 127.0.0.1', `dir ${folder}`, 'protected-mode no']
  await writeFile(file, [...own, ...lines, ''].join('\n'))
  const child = spawn(program, [file], { stdio: 'ignore' })
  const ended = once(child, 'exit')
  const kill = async () => {
    if (isAlive(child)) child.kill('SIGKILL')
    await ended
  }
  t.after(kill)
  await waitFor(`${program} at ${port}`, async () => {
    if (!isAlive(child)) throw new Error(`${program} has ended`)
    return answers(port)
  })
  return { port, kill }
}

const isAlive = ({ exitCode, signalCode }: ChildProcess) => exitCode === null && signalCode === null

/** Also one that wants a password first has started. */
async function answers(port: number): Promise<boolean> {
  const socket = connect(port, '127.0.0.1')
  try {
    socket.write('PING\r\n')
    const [answer] = await once(socket, 'data')
    return /PONG|NOAUTH/.test(String(answer))
  } finally {
    socket.destroy()
  }
}
