import { readUsage } from '#media/ffmpeg/usage.ts'
import { readBackends } from '../measure/daemon-usage.ts'
import type { ServerProcess } from './server-process.ts'

/** CPU time of a server from a moment on. */
export interface Cost {
  readonly serverSeconds: number
  readonly databaseSeconds: number
}

/** Starts to count; the returned function tells what has been used since. */
export function meterServer({ pid, dataDir }: ServerProcess): () => Cost {
  const read = (): Cost => ({
    serverSeconds: readUsage(pid)?.cpuSeconds ?? Number.NaN,
    databaseSeconds: readBackends(dataDir),
  })
  const before = read()
  return () => {
    const after = read()
    return {
      serverSeconds: after.serverSeconds - before.serverSeconds,
      databaseSeconds: after.databaseSeconds - before.databaseSeconds,
    }
  }
}
