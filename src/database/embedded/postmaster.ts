import { readFile, rename, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { Cluster } from './cluster.ts'

/** flock's exit code when another process has the lock. */
const lockedExitCode = 75
const logLimitBytes = 1_000_000

/** How a start went: up, or why not; `locked` when another process runs or starts the server. */
export type StartOutcome =
  | { readonly started: true }
  | { readonly started: false; readonly locked: boolean; readonly reason: string }

/**
 * Starts the server of a data folder and waits until it takes connections.
 *
 * The server inherits a lock (flock) on a file of the data folder, which the kernel gives back when
 * its last process is gone. Process ids would not do: after a crash postmaster.pid names a process
 * that in a container may be another one by now, and on a shared disk may live on another machine.
 * Who has the lock therefore knows that the files with process ids are stale and takes them away.
 */
export async function startPostmaster(cluster: Cluster): Promise<StartOutcome> {
  const { folder, account, binaries } = cluster
  const log = join(folder, 'server.log')
  await rotateLog(log)
  const lock = [
    '--nonblock',
    `--conflict-exit-code=${lockedExitCode}`,
    join(folder, 'reelmill.lock'),
  ]
  const removeStale = ['sh', '-c', 'rm -f "$1" "$2" && shift 2 && exec "$@"', 'sh']
  const start = [binaries.pgCtl, 'start', '--wait', '--timeout=60', '-D', folder, '-l', log]
  const { exitCode, output } = await account.run('flock', [
    ...lock,
    ...removeStale,
    join(folder, 'postmaster.pid'),
    join(folder, '.s.PGSQL.5432.lock'),
    ...start,
  ])
  if (exitCode === 0) return { started: true }
  const locked = exitCode === lockedExitCode
  return { started: false, locked, reason: `${output}\n${locked ? '' : await readEnd(log)}`.trim() }
}

/** Stops the server: sessions are ended, what was committed stays. */
export async function stopPostmaster({ account, binaries, folder }: Cluster): Promise<void> {
  await account.run(binaries.pgCtl, ['stop', '-m', 'fast', '--wait', '--timeout=60', '-D', folder])
}

async function rotateLog(path: string): Promise<void> {
  try {
    if ((await stat(path)).size > logLimitBytes) await rename(path, `${path}.old`)
  } catch (error) {
    // Not there yet: nothing to put aside.
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error
  }
}

async function readEnd(path: string): Promise<string> {
  // Without a log the reason is what pg_ctl said.
  const log = await readFile(path, 'utf8').catch(() => '')
  return log.slice(-1000)
}
