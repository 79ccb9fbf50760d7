import { createServer } from 'node:net'
import { hostname } from 'node:os'
import { join } from 'node:path'
import type { FastifyInstance } from 'fastify'
import type { Logger } from 'pino'
import type { Config } from '#config/config.ts'
import { makeDataDir } from '#config/make-data-dir.ts'
import { openDatabase } from '#database/connect.ts'
import { migrate } from '#database/migrate.ts'
import { listen as listenToDatabase } from '#database/notifications.ts'
import { openStepQueue } from '#database/step-queue.ts'
import { listenOn } from '#edges/http/listen-on.ts'
import { buildHttpServer } from '#edges/http/server.ts'
import { keepLocalRunner } from '#edges/local-runner/keep-local-runner.ts'
import { runnerProtocol } from '#edges/runner-protocol/runner-protocol.ts'
import { loseJobs } from '#flow/lose-jobs.ts'
import type { Parts } from '#flow/parts.ts'
import { replaceLocalRunner } from '#flow/runner-leaves.ts'
import { startJourney } from '#flow/start-journey.ts'
import { readConfinement } from '#media/ffmpeg/confinement.ts'
import { openGuardedClient } from '#network/guarded-client.ts'
import type { LocalRunner } from '#runners/local.ts'
import { openStorage } from '#storage/open.ts'
import { baseUrlOf } from '#videos/base-url.ts'

/** A server that runs. */
export interface Server {
  readonly parts: Parts
  /** Where people and programs reach it, without a "/" at the end. */
  readonly url: string
  /** Ends everything that was started, in the opposite order. Safe to call twice. */
  close(): Promise<void>
}

interface Options {
  readonly log: Logger
  /** False for work whose data nobody needs after a crash: the database does not flush. */
  readonly durable?: boolean
}

/** Starts everything that a server is made of; what was started is closed again when a part fails. */
export async function startServer(settings: Config, options: Options): Promise<Server> {
  const { log, durable = true } = options
  const config = { ...settings, port: settings.port || (await findFreePort(settings.host)) }
  for (const remark of readConfinement().remarks) log.warn(remark)
  const closers: (() => Promise<void>)[] = []
  let closing: Promise<void> | null = null
  const close = (): Promise<void> => (closing ??= closeAll(closers, log))
  try {
    await makeDataDir(config.dataDir)
    const {
      database,
      connection,
      close: closeDatabase,
    } = await openDatabase(config, log, { durable })
    closers.push(closeDatabase)
    await migrate(database, log)
    const notifications = await listenToDatabase(connection, log)
    closers.push(() => notifications.close())
    const queue = await openStepQueue(connection, log)
    closers.push(() => queue.stop())
    const storage = await openStorage(config)
    const web = openGuardedClient({ allow: config.urlAllow, ports: config.urlPorts })
    closers.push(() => web.close())
    const parts: Parts = { config, log, database, storage, queue, notifications, web }
    const http = await buildHttpServer(parts)
    closers.push(() => http.close())
    await listen(http, parts)
    // Before the first look for leases that ended: theirs ended with the server, not by them.
    const locals = await admitLocalRunners(parts)
    closers.push(await startJourney(parts))
    const stops: (() => Promise<void>)[] = []
    closers.push(async () => void (await Promise.all(stops.map((stop) => stop()))))
    startLocalRunners(parts, locals, stops)
    return { parts, url: baseUrlOf(config), close }
  } catch (error) {
    await close()
    throw error
  }
}

async function listen(http: FastifyInstance, parts: Parts): Promise<void> {
  await http.register(runnerProtocol(parts), { prefix: '/api/v1/runners' })
  await listenOn(http, parts.config)
}

interface NamedRunner extends LocalRunner {
  readonly name: string
}

/** The runners in this process's care; their names tell them from those of other servers. */
async function admitLocalRunners(parts: Parts): Promise<NamedRunner[]> {
  const { config } = parts
  const admitted: NamedRunner[] = []
  for (let number = 1; number <= config.runners; number++) {
    const name = `local-${number}@${hostname()}:${config.port}`
    admitted.push({ name, ...(await replaceLocalRunner(parts, name)) })
  }
  return admitted
}

/** How each is stopped is in `stops` as soon as it runs. */
function startLocalRunners(
  parts: Parts,
  runners: readonly NamedRunner[],
  stops: (() => Promise<void>)[],
): void {
  const { config, log } = parts
  const serverUrl = baseUrlOf({ ...config, publicUrl: null })
  for (const [index, { id, name, runnerToken }] of runners.entries()) {
    const scratchDir = join(config.dataDir, 'runners', String(index + 1))
    const onLost = () => loseJobs(parts, id, 'runner_lost')
    const { runnerSlots: slots } = config
    stops.push(keepLocalRunner({ name, serverUrl, runnerToken, slots, scratchDir, log, onLost }))
  }
}

async function closeAll(closers: (() => Promise<void>)[], log: Logger): Promise<void> {
  for (const close of closers.toReversed()) {
    try {
      await close()
    } catch (error) {
      // The others must be closed all the same.
      log.error({ err: error }, 'a part could not be closed')
    }
  }
}

/** A port that nobody has at this moment; known before listening, since links hold it. */
function findFreePort(host: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer().once('error', reject)
    probe.listen(0, host, () => {
      const address = probe.address()
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0))
    })
  })
}
