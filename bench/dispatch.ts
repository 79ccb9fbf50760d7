import { Agent } from 'node:http'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import type { Kysely } from 'kysely'
import type { Tables } from '#database/tables.ts'
import { createJobs } from '#jobs/create.ts'
import { readUsage } from '#media/ffmpeg/usage.ts'
import { createRegistrationToken } from '#runners/registration-tokens.ts'
import type { Bench, BenchContext, Figure } from './bench.ts'
import { percentile } from './measure/statistics.ts'
import { makeStill } from './media/make-source.ts'
import { orderSource, readDefaultProfile } from './media/order-source.ts'
import { type IdleRunner, openIdleRunner, type Taken } from './system/idle-runner.ts'
import { insertVersion } from './system/insert-version.ts'
import { openServerDatabase } from './system/open-server-database.ts'
import { startServerProcess } from './system/server-process.ts'

/** How fast waiting runners get work. */
export const dispatch: Bench = {
  name: 'dispatch',
  sentence: 'from the order of a job until an idle runner has it, real sockets',
  async run(context) {
    const dataDir = join(context.scratch, 'data')
    const server = await startServerProcess({ dataDir, env: { RUNNERS: '0' } })
    const { database, close } = await openServerDatabase(dataDir)
    const agent = new Agent({ keepAlive: true })
    try {
      const desk = await openDesk(context, database)
      const { token: registrationToken } = await createRegistrationToken(database)
      const figures: Figure[] = []
      const runners: IdleRunner[] = []
      for (const wanted of context.short ? [1, 50] : [1, 50, 200]) {
        while (runners.length < wanted) {
          const name = `idle-${runners.length}`
          const { url } = server
          runners.push(
            await openIdleRunner({
              server: url,
              registrationToken,
              name,
              agent,
              onTaken: desk.take,
            }),
          )
        }
        context.say(`${wanted} runners are connected`)
        figures.push(
          ...(await measureWaits(desk, runners, {
            jobs: context.short ? 20 : 100,
            serverPid: server.pid,
          })),
        )
      }
      for (const runner of runners) runner.close()
      return figures
    } finally {
      agent.destroy()
      await close()
      await server.stop()
    }
  },
}

interface Desk {
  readonly take: (taken: Taken) => void
  /** Orders a job; settles when a runner has it, with the milliseconds that took. */
  readonly order: () => Promise<number>
}

/** A version whose jobs are made one at a time, and taken away when a runner has them. */
async function openDesk(context: BenchContext, database: Kysely<Tables>): Promise<Desk> {
  const source = await makeStill(context, { seconds: 12, height: 360 })
  const order = await orderSource(source, context.scratch, await readDefaultProfile())
  const [payload] = order.chunks
  if (!payload) throw new TypeError('the source has no pictures')
  const job = {
    type: 'vod-chunk-encoding',
    priority: 2,
    label: 'chunk',
    payload: { type: 'vod-chunk-encoding', ...payload },
    encoders: [],
    weight: 1,
  } as const
  const versionId = await insertVersion(database)
  let tellTaken: (taken: Taken) => void = () => undefined
  return {
    take: (taken) => tellTaken(taken),
    async order() {
      const taken = new Promise<Taken>((resolve) => {
        tellTaken = resolve
      })
      const orderedAtMs = performance.now()
      await database.transaction().execute((tx) => createJobs(tx, versionId, [job]))
      const { acceptedAtMs, uuid } = await taken
      await database.deleteFrom('jobs').where('uuid', '=', uuid).execute()
      return acceptedAtMs - orderedAtMs
    },
  }
}

/** Jobs that come one by one to runners that have calmed down since the last. */
async function measureWaits(
  desk: Desk,
  runners: readonly IdleRunner[],
  { jobs, serverPid }: { readonly jobs: number; readonly serverPid: number },
): Promise<Figure[]> {
  const waitsMs: number[] = []
  const cpuBefore = readUsage(serverPid)?.cpuSeconds ?? Number.NaN
  for (let number = 0; number <= jobs; number++) {
    // Longer than the pings' shortest gap, and not in step with it.
    await delay(300 + Math.random() * 200)
    waitsMs.push(await desk.order())
    await Promise.all(runners.map((runner) => runner.calm()))
  }
  const cpuAfter = readUsage(serverPid)?.cpuSeconds ?? Number.NaN
  // The first was for warming up.
  waitsMs.shift()
  const isTarget = runners.length === 200
  return [
    {
      name: `${runners.length} idle runners: half of the jobs within`,
      value: percentile(waitsMs, 0.5),
      unit: 'ms',
      ...(isTarget ? { target: { atMost: 15 } } : {}),
    },
    {
      name: `${runners.length} idle runners: 99 % within`,
      value: percentile(waitsMs, 0.99),
      unit: 'ms',
      ...(isTarget ? { target: { atMost: 50 } } : {}),
    },
    {
      name: "  CPU of the server's process for each job",
      value: ((cpuAfter - cpuBefore) * 1000) / (jobs + 1),
      unit: 'ms',
    },
  ]
}
