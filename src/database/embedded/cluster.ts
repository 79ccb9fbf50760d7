import { mkdtemp, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { ReelmillError } from '#errors/reelmill-error.ts'
import type { Account } from './account.ts'
import type { Binaries } from './binaries.ts'

/** A PostgreSQL data folder and what is needed to run it. */
export interface Cluster {
  /** The data folder; the socket, the lock and the log are in it too. */
  readonly folder: string
  readonly binaries: Binaries
  readonly account: Account
  /** False only where the data may be lost with the machine: it is then not flushed to the disk. */
  readonly durable: boolean
}

const majorVersion = '18'
const newFolderPrefix = 'postgres.new-'
/** initdb takes a second; what is older was left by a process that was killed. */
const abandonedAfterMs = 10 * 60_000

/**
 * Makes the data folder unless it is there. It is made beside its place and renamed when it is
 * whole, so that a crash never leaves half of one; of two processes at once the second throws its
 * own away.
 *
 * @throws ReelmillError `database_unavailable` when initdb fails, or for another major version.
 */
export async function ensureCluster(cluster: Cluster, dataDir: string): Promise<void> {
  if ((await readVersion(cluster.folder)) === null) {
    await removeAbandoned(dataDir)
    const fresh = await mkdtemp(join(dataDir, newFolderPrefix))
    await createCluster(cluster, fresh)
    await moveIntoPlace(fresh, cluster.folder)
  }
  const version = await readVersion(cluster.folder)
  if (version === majorVersion) return
  throw new ReelmillError(
    'database_unavailable',
    `${cluster.folder} is of PostgreSQL ${version}, this program brings ${majorVersion}. ` +
      'Dump it with the Reelmill that made it and restore the dump into a new DATA_DIR.',
  )
}

/** User id of the owner of a data folder; null when there is none yet. */
export async function readOwner(folder: string): Promise<number | null> {
  try {
    return (await stat(folder)).uid
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return null
    throw error
  }
}

async function readVersion(folder: string): Promise<string | null> {
  try {
    return (await readFile(join(folder, 'PG_VERSION'), 'utf8')).trim()
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return null
    throw error
  }
}

async function createCluster(cluster: Cluster, folder: string): Promise<void> {
  const { account, binaries, durable } = cluster
  await account.own(folder)
  const { exitCode, output } = await account.run(binaries.initdb, [
    `--pgdata=${folder}`,
    '--username=reelmill',
    '--auth=trust',
    '--encoding=UTF8',
    // The same order of texts on every machine, whatever its C library.
    '--locale-provider=builtin',
    '--builtin-locale=C.UTF-8',
    '--locale=C',
    '--no-instructions',
    ...(durable ? [] : ['--no-sync']),
  ])
  if (exitCode !== 0) {
    await rm(folder, { recursive: true, force: true })
    throw new ReelmillError('database_unavailable', `initdb failed: ${output.slice(-1000)}`)
  }
  await writeFile(join(folder, 'postgresql.conf'), settings(durable))
}

/**
 * The whole configuration. Nothing but the socket in the data folder, which only its owner may
 * enter, leads in; sized for a small machine, where ffmpeg wants the memory.
 */
function settings(durable: boolean): string {
  const small = [
    "listen_addresses = ''",
    "unix_socket_directories = '.'",
    'max_connections = 100',
    'shared_buffers = 32MB',
    'jit = off',
    // The workers of the default (18) are three processes more, for reads that fit in memory.
    'io_method = sync',
    // What queries get wrong is told to who asked; the log is for the server's own troubles.
    'log_min_messages = log',
    'log_checkpoints = off',
    "log_line_prefix = '%m [%p] '",
  ]
  const throwaway = [
    // Tests run side by side, each with a few of its own.
    'max_connections = 500',
    'fsync = off',
    'synchronous_commit = off',
    'full_page_writes = off',
    'wal_level = minimal',
    'max_wal_senders = 0',
    'autovacuum = off',
  ]
  return `${[...small, ...(durable ? [] : throwaway)].join('\n')}\n`
}

async function moveIntoPlace(fresh: string, folder: string): Promise<void> {
  try {
    await rename(fresh, folder)
  } catch (error) {
    if (!hasCode(error, 'ENOTEMPTY') && !hasCode(error, 'EEXIST')) throw error
    await rm(fresh, { recursive: true })
  }
}

async function removeAbandoned(dataDir: string): Promise<void> {
  for (const name of await readdir(dataDir)) {
    if (!name.startsWith(newFolderPrefix)) continue
    const folder = join(dataDir, name)
    const { mtimeMs } = await stat(folder)
    if (Date.now() - mtimeMs > abandonedAfterMs) await rm(folder, { recursive: true, force: true })
  }
}

function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code
}
