import { Agent } from 'node:http'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { createRegistrationToken } from '#runners/registration-tokens.ts'
import type { Bench, Figure } from './bench.ts'
import { meterServer } from './system/cost-meter.ts'
import { connectRunner } from './system/idle-runner.ts'
import { openServerDatabase } from './system/open-server-database.ts'
import { postJson } from './system/post-json.ts'
import { registerRunner } from './system/register-runner.ts'
import { type ServerProcess, startServerProcess } from './system/server-process.ts'
import { orderWork } from './system/work-order.ts'

const size = 500
/** Half of them are genuine ones, which only update; the others also ask by themselves. */
const genuineUpdateMs = 60_000
const ownUpdateMs = 20_000
const ownPollMs = 30_000

/** What a large fleet at work costs its server. */
export const fleet: Bench = {
  name: 'fleet',
  sentence: `CPU of a server with ${size} connected runners that each work at one job`,
  async run(context) {
    const dataDir = join(context.scratch, 'data')
    const server = await startServerProcess({ dataDir, env: { RUNNERS: '0' } })
    const { database, close } = await openServerDatabase(dataDir)
    const agent = new Agent({ keepAlive: true })
    const ending = new AbortController()
    try {
      const { token } = await createRegistrationToken(database)
      await orderWork(database, size)
      const runners: Member[] = []
      for (let number = 0; number < size; number += 1) {
        runners.push(await openMember({ server, agent, registrationToken: token, number }))
      }
      context.say(`${size} runners are at work`)
      const beats = runners.map((runner) => runner.live(ending.signal))
      await delay(5_000)
      const figures = await measure(server, context.short ? 20_000 : 60_000)
      ending.abort()
      await Promise.all(beats)
      for (const runner of runners) runner.close()
      return figures
    } finally {
      ending.abort()
      agent.destroy()
      await close()
      await server.stop()
    }
  },
}

async function measure(server: ServerProcess, forMs: number): Promise<Figure[]> {
  const readCost = meterServer(server)
  const startedAtMs = performance.now()
  await delay(forMs)
  const seconds = (performance.now() - startedAtMs) / 1000
  const { serverSeconds, databaseSeconds } = readCost()
  const share = (serverSeconds + databaseSeconds) / seconds
  return [
    { name: 'share of a core in all', value: share, unit: '', target: { atMost: 0.5 } },
    { name: "  the server's process", value: serverSeconds / seconds, unit: '' },
    { name: '  PostgreSQL', value: databaseSeconds / seconds, unit: '' },
  ]
}

interface MemberOptions {
  readonly server: ServerProcess
  readonly agent: Agent
  readonly registrationToken: string
  readonly number: number
}

interface Member {
  readonly live: (signal: AbortSignal) => Promise<void>
  readonly close: () => void
}

/** A runner that is connected and holds a job. */
async function openMember(options: MemberOptions): Promise<Member> {
  const { server, agent, registrationToken, number } = options
  const name = `member-${number}`
  const runnerToken = await registerRunner({ server: server.url, registrationToken, name })
  const socket = await connectRunner(server.url, runnerToken)
  const post = (path: string, body: object) => {
    const url = `${server.url}/api/v1/runners/jobs${path}`
    return postJson({ url, body: { runnerToken, ...body }, agent })
  }
  const request = async () => {
    const { body } = await post('/request', { jobTypes: ['vod-chunk-encoding'] })
    return (body as { readonly availableJobs: readonly { uuid: string }[] }).availableJobs
  }
  const [job] = await request()
  if (!job) throw new Error('there is no job left')
  const { body } = await post(`/${job.uuid}/accept`, {})
  const { jobToken } = (body as { readonly job: { readonly jobToken: string } }).job
  const update = async () => {
    const { status } = await post(`/${job.uuid}/update`, { jobToken, progress: 50 })
    if (status !== 204) throw new Error(`an update was answered ${status}`)
  }
  const isGenuine = number % 2 === 0
  return {
    live: async (signal) => {
      await Promise.all([
        repeat(update, isGenuine ? genuineUpdateMs : ownUpdateMs, signal),
        ...(isGenuine ? [] : [repeat(request, ownPollMs, signal)]),
      ])
    },
    close: () => void socket.close(),
  }
}

/** From a random moment of the first period on, so that the fleet is not in step. */
async function repeat(
  act: () => Promise<unknown>,
  everyMs: number,
  signal: AbortSignal,
): Promise<void> {
  const wait = (ms: number) => delay(ms, true, { signal }).catch(() => false)
  let isOn = await wait(Math.random() * everyMs)
  while (isOn) {
    await act()
    isOn = await wait(everyMs)
  }
}
