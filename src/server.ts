import type { FastifyInstance } from 'fastify'
import type { Logger } from 'pino'
import type { Config } from '#config/config.ts'
import { makeDataDir } from '#config/make-data-dir.ts'
import { openDatabase } from '#database/connect.ts'
import { migrate } from '#database/migrate.ts'
import { listen as listenToDatabase } from '#database/notifications.ts'
import { openStepQueue } from '#database/step-queue.ts'
import { findFreePort } from '#edges/http/free-port.ts'
import type { OwnPaths } from '#edges/mount/own-paths.ts'
import type { Hook } from '#flow/call-hooks.ts'
import type { Parts } from '#flow/parts.ts'
import { readConfinement } from '#media/ffmpeg/confinement.ts'
import { openGuardedClient } from '#network/guarded-client.ts'
import type { Storage } from '#storage/contract.ts'
import { openStorage } from '#storage/open.ts'
import { baseUrlOf } from '#videos/base-url.ts'

/** A server that runs. */
export interface Server {
  readonly parts: Parts
  /** Where people and programs reach it, without a "/" at the end. */
  readonly url: string
  /** What answers; it listens unless a host's server takes its place. */
  readonly http: FastifyInstance
  readonly ownPaths: OwnPaths
  /** Lets the local runners work, where the server does not listen itself: it is reached there. */
  readonly startRunners: (serverUrl: string) => void
  /** Ends everything that was started, in the opposite order. Safe to call twice. */
  close(): Promise<void>
}

export interface ServerOptions {
  readonly log: Logger
  /** False for work whose data nobody needs after a crash: the database does not flush. */
  readonly durable?: boolean
  /** Of a program that has one; that of the settings when left out. */
  readonly storage?: Storage | undefined
  /** The functions of a program that embeds the server. */
  readonly hooks?: (parts: Parts) => readonly Hook[]
  /** False where a host's server takes its requests: see edges/mount. */
  readonly listens?: boolean
  /** True where also what the local runners log is to go to `log`. */
  readonly gathersLogs?: boolean
}

/** Ends something that was started. */
export type Closer = () => Promise<void>

/** Starts everything that a server is made of; what was started is closed again when a part fails. */
export async function startServer(settings: Config, options: ServerOptions): Promise<Server> {
  const { log, listens = true } = options
  // Most of the program is read while the database comes up: each takes most of a second.
  const answering = import('./answering.ts')
  const port = listens ? settings.port || (await findFreePort(settings.host)) : settings.port
  const config = { ...settings, port }
  for (const remark of readConfinement().remarks) log.warn(remark)
  const closers: Closer[] = []
  let closing: Promise<void> | null = null
  const close = (): Promise<void> => (closing ??= closeAll(closers, log))
  try {
    const parts = await openParts(config, options, closers)
    const { startAnswering } = await answering
    const { http, ownPaths, startRunners } = await startAnswering(parts, options, closers)
    const url = baseUrlOf(config)
    return { parts, url, http, ownPaths, startRunners, close }
  } catch (error) {
    await close()
    throw error
  }
}

async function openParts(
  config: Config,
  { log, durable = true, storage }: ServerOptions,
  closers: Closer[],
): Promise<Parts> {
  await makeDataDir(config.dataDir)
  const opened = await openDatabase(config, log, { durable })
  closers.push(opened.close)
  const { database, connection } = opened
  await migrate(database, log)
  const notifications = await listenToDatabase(connection, log)
  closers.push(() => notifications.close())
  const queue = await openStepQueue(connection, log)
  closers.push(() => queue.stop())
  const web = openGuardedClient({ allow: config.urlAllow, ports: config.urlPorts })
  closers.push(() => web.close())
  const parts = { config, log, database, queue, notifications, web }
  return { ...parts, storage: storage ?? (await openStorage(config)) }
}

async function closeAll(closers: readonly Closer[], log: Logger): Promise<void> {
  for (const close of closers.toReversed()) {
    try {
      await close()
    } catch (error) {
      // The others must be closed all the same.
      log.error({ err: error }, 'a part could not be closed')
    }
  }
}
