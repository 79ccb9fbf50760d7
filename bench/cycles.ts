import { Agent } from 'node:http'
import { join } from 'node:path'
import { createRegistrationToken } from '#runners/registration-tokens.ts'
import type { Bench, Figure } from './bench.ts'
import { meterServer } from './system/cost-meter.ts'
import { openServerDatabase } from './system/open-server-database.ts'
import { postJson } from './system/post-json.ts'
import { registerRunner } from './system/register-runner.ts'
import { type ServerProcess, startServerProcess } from './system/server-process.ts'
import { orderWork, track } from './system/work-order.ts'

/** Runners that do nothing but talk. */
const runners = 16

/** How many jobs a second one server takes through the hands of runners. */
export const cycles: Bench = {
  name: 'cycles',
  sentence: `jobs a second through request, accept, update and success, by ${runners} runners at once`,
  async run(context) {
    const dataDir = join(context.scratch, 'data')
    const server = await startServerProcess({ dataDir, env: { RUNNERS: '0' } })
    const { database, close } = await openServerDatabase(dataDir)
    const agent = new Agent({ keepAlive: true })
    const jobs = context.short ? 400 : 4000
    try {
      const { token: registrationToken } = await createRegistrationToken(database)
      const names = Array.from({ length: runners }, (_, index) => `talker-${index}`)
      const tokens = await Promise.all(
        names.map((name) => registerRunner({ server: server.url, registrationToken, name })),
      )
      await orderWork(database, 100)
      await Promise.all(tokens.map((token) => talk(server, agent, token)))
      await orderWork(database, jobs)
      context.say(`${jobs} jobs are ordered`)
      return await measure(server, agent, tokens)
    } finally {
      agent.destroy()
      await close()
      await server.stop()
    }
  },
}

async function measure(
  server: ServerProcess,
  agent: Agent,
  tokens: readonly string[],
): Promise<Figure[]> {
  const readCost = meterServer(server)
  const startedAtMs = performance.now()
  const done = await Promise.all(tokens.map((token) => talk(server, agent, token)))
  const seconds = (performance.now() - startedAtMs) / 1000
  const cycled = done.reduce((sum, each) => sum + each, 0)
  const { serverSeconds, databaseSeconds } = readCost()
  return [
    { name: 'cycles a second', value: cycled / seconds, unit: '/s' },
    {
      name: "  CPU of the server's process for each",
      value: (serverSeconds * 1000) / cycled,
      unit: 'ms',
    },
    { name: '  CPU of PostgreSQL for each', value: (databaseSeconds * 1000) / cycled, unit: 'ms' },
  ]
}

/** Takes jobs and says that they are done, until none is left; how many there were. */
async function talk({ url }: ServerProcess, agent: Agent, runnerToken: string): Promise<number> {
  const jobTypes = ['vod-chunk-encoding']
  const post = (path: string, body: object) =>
    postJson({ url: `${url}/api/v1/runners/jobs${path}`, body: { runnerToken, ...body }, agent })
  let done = 0
  for (;;) {
    const { body } = await post('/request', { jobTypes })
    const { availableJobs } = body as { readonly availableJobs: readonly { uuid: string }[] }
    const [first] = availableJobs
    if (!first) return done
    const accepted = await post(`/${first.uuid}/accept`, {})
    if (accepted.status !== 200) continue
    const { jobToken } = (accepted.body as { readonly job: { readonly jobToken: string } }).job
    await post(`/${first.uuid}/update`, { jobToken, progress: 50 })
    const payload = { segments: { [track]: 1 } }
    const { status } = await post(`/${first.uuid}/success`, { jobToken, payload })
    if (status !== 204) throw new Error(`success was answered ${status}`)
    done += 1
  }
}
