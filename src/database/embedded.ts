import { closeSync, openSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import type { Logger } from 'pino'
import { makeDataDir } from '#config/make-data-dir.ts'
import { ReelmillError } from '#errors/reelmill-error.ts'
import type { Connection } from './connection.ts'
import { findAccount } from './embedded/account.ts'
import { findBinaries } from './embedded/binaries.ts'
import { type Cluster, ensureCluster, readOwner } from './embedded/cluster.ts'
import { type Hold, takeHold } from './embedded/hold.ts'
import { startPostmaster, stopPostmaster } from './embedded/postmaster.ts'

/** A unix socket's path holds 107 bytes; this is what is left without the socket's name. */
const socketFolderLimit = 107 - '/.s.PGSQL.5432'.length
const patienceMs = 60_000
const retryMs = 50

/** A PostgreSQL server of this DATA_DIR, shared by all processes that use it. */
export interface EmbeddedPostgres {
  readonly connection: Connection
  /** Lets go; the last process that does stops the server. Safe to call twice. */
  stop: () => Promise<void>
}

interface Options {
  readonly dataDir: string
  readonly log: Logger
  /** False for data that may be lost when the machine stops: nothing is flushed to the disk. */
  readonly durable?: boolean
}

/**
 * Brings up the PostgreSQL server of `dataDir`, or joins the one that runs there: another process's,
 * or one that a killed process left. While this process uses it, it is started again when it dies.
 *
 * @throws ReelmillError `database_unavailable` with what to do; `invalid_setting` for a DATA_DIR that
 * can be no folder of ours.
 */
export async function startEmbedded(options: Options): Promise<EmbeddedPostgres> {
  const { log, durable = true } = options
  const dataDir = resolve(options.dataDir)
  await makeDataDir(dataDir)
  const binaries = await findBinaries()
  const folder = join(dataDir, 'postgres')
  const owner = await readOwner(folder)
  const account = await findAccount({ program: binaries.postgres, folder: dataDir, owner }, log)
  const cluster: Cluster = { folder, binaries, account, durable }
  await ensureCluster(cluster, dataDir)
  const socket = openSocketFolder(cluster.folder)
  try {
    const hold = await joinOrStart(cluster, socket.connection, log)
    return keep({ cluster, log, socket, hold })
  } catch (error) {
    socket.close()
    throw error
  }
}

interface SocketFolder {
  readonly connection: Connection
  close: () => void
}

/**
 * The folder of the socket by a name that is short enough. A long path is reached through the open
 * folder itself: the kernel has a short name for it, and nothing is left behind when the process is
 * killed.
 */
function openSocketFolder(folder: string): SocketFolder {
  const at = (host: string) => ({ host, port: 5432, user: 'reelmill', database: 'postgres' })
  if (Buffer.byteLength(folder) <= socketFolderLimit) {
    return { connection: at(folder), close: () => undefined }
  }
  const descriptor = openSync(folder, 'r')
  return {
    connection: at(`/proc/self/fd/${descriptor}`),
    close: () => closeSync(descriptor),
  }
}

/**
 * First tries to join, then to start: also when another process does the same at this moment, or
 * stops the server that was just found.
 */
async function joinOrStart(cluster: Cluster, connection: Connection, log: Logger): Promise<Hold> {
  const deadline = Date.now() + patienceMs
  let reason: unknown
  while (Date.now() < deadline) {
    try {
      return await takeHold(connection)
    } catch (error) {
      reason = error
    }
    const outcome = await startPostmaster(cluster)
    if (outcome.started) continue
    reason = outcome.reason
    if (!outcome.locked) break
    // Another process has it and is coming up or going down.
    log.debug({ folder: cluster.folder }, 'waiting for the embedded PostgreSQL')
    await delay(retryMs)
  }
  throw new ReelmillError(
    'database_unavailable',
    `The embedded PostgreSQL in ${cluster.folder} could not be reached or started. ` +
      'If another machine uses this folder, give each its own DATA_DIR or one DATABASE_URL. ' +
      String(reason),
  )
}

interface Kept {
  readonly cluster: Cluster
  readonly log: Logger
  readonly socket: SocketFolder
  readonly hold: Hold
}

function keep({ cluster, log, socket, hold: first }: Kept): EmbeddedPostgres {
  let stopping = false
  let stopped: Promise<void> | undefined
  /** The hold, or the attempt to have one again; null when it was given up for stopping. */
  let current: Promise<Hold | null> = Promise.resolve(first)

  const revive = async (): Promise<Hold | null> => {
    log.warn({ folder: cluster.folder }, 'the embedded PostgreSQL went away; starting it again')
    while (!stopping) {
      try {
        return await joinOrStart(cluster, socket.connection, log)
      } catch (error) {
        log.error({ err: error }, 'the embedded PostgreSQL does not start; trying again')
        await delay(1000)
      }
    }
    return null
  }

  const watch = async (hold: Hold): Promise<void> => {
    await hold.lost
    if (stopping) return
    current = revive()
    const revived = await current
    if (revived) void watch(revived)
  }
  void watch(first)

  const stop = async (): Promise<void> => {
    stopping = true
    const hold = await current
    // A server that is gone already needs no stopping.
    const last = (await hold?.isLast().catch(() => false)) ?? false
    if (last) await stopPostmaster(cluster)
    await hold?.release()
    socket.close()
  }
  return { connection: socket.connection, stop: () => (stopped ??= stop()) }
}
