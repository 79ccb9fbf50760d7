import { readdirSync, readFileSync, readlinkSync } from 'node:fs'

/** Watches processes that nobody waits for. */
export interface DaemonWatch {
  /** CPU time seen so far. */
  readonly cpuSeconds: () => number
  readonly stop: () => void
}

const lookEveryMs = 100
/** USER_HZ, the same on every architecture that Node runs on. */
const ticksPerSecond = 100

/**
 * Counts the CPU time of daemons that work below a folder (PostgreSQL's working directory is its
 * data) by looking at /proc: for machines where no control group can be made. What is used after
 * the last look before an end is missed, a tenth of a second at most.
 */
export function watchDaemons(folder: string): DaemonWatch {
  const seen = new Map<string, number>()
  const look = (): void => {
    for (const pid of listProcesses()) {
      const seconds = readDaemon(pid, folder)
      if (seconds !== null) seen.set(pid, seconds)
    }
  }
  const timer = setInterval(look, lookEveryMs)
  return {
    cpuSeconds: () => [...seen.values()].reduce((sum, seconds) => sum + seconds, 0),
    stop: () => clearInterval(timer),
  }
}

function listProcesses(): string[] {
  return readdirSync('/proc').filter((name) => /^\d+$/.test(name))
}

/** Its own time and that of its ended children; those that live are counted when they end. */
function readDaemon(pid: string, folder: string): number | null {
  try {
    if (!readlinkSync(`/proc/${pid}/cwd`).startsWith(folder)) return null
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    const isPostmaster = fields[1] === '1'
    const ticks = fields.slice(11, 15).reduce((sum, field) => sum + Number(field), 0)
    return isPostmaster ? ticks / ticksPerSecond : null
  } catch {
    // It ended meanwhile, or belongs to somebody else.
    return null
  }
}

/**
 * CPU time of all processes that work below a folder, those that live and those that have ended: a
 * server that keeps its sessions is counted to the moment.
 */
export function readBackends(folder: string): number {
  return listProcesses().reduce((sum, pid) => sum + (readTicks(pid, folder) ?? 0), 0)
}

function readTicks(pid: string, folder: string): number | null {
  try {
    if (!readlinkSync(`/proc/${pid}/cwd`).startsWith(folder)) return null
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    const ticks = fields.slice(11, 15).reduce((sum, field) => sum + Number(field), 0)
    return ticks / ticksPerSecond
  } catch {
    // It ended meanwhile, or belongs to somebody else.
    return null
  }
}
