import { readFileSync } from 'node:fs'

/** What a living process has used so far. */
export interface Usage {
  readonly cpuSeconds: number
  readonly peakMemoryBytes: number
}

export const noUsage: Usage = { cpuSeconds: 0, peakMemoryBytes: 0 }

/** The kernel counts in hundredths of a second in /proc on every architecture that Node runs on. */
const ticksPerSecond = 100

/**
 * Reads a process's use from /proc (proc(5), `stat` fields 14 and 15, `status` VmHWM); null where
 * there is none: another system, or the process is gone.
 */
export function readUsage(pid: number): Usage | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    // The name in parentheses may hold spaces: count from its end, where field 3 follows.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    const peak = /VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))
    return {
      cpuSeconds: (Number(fields[11]) + Number(fields[12])) / ticksPerSecond,
      peakMemoryBytes: Number(peak?.[1] ?? 0) * 1024,
    }
  } catch {
    // A process may end between two reads, and not every system has /proc: then it is unknown.
    return null
  }
}

/** The larger of two readings of one process, field by field. */
export function maxUsage(a: Usage, b: Usage | null): Usage {
  if (b === null) return a
  return {
    cpuSeconds: Math.max(a.cpuSeconds, b.cpuSeconds),
    peakMemoryBytes: Math.max(a.peakMemoryBytes, b.peakMemoryBytes),
  }
}
