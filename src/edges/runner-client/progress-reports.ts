import { setTimeout as wait } from 'node:timers/promises'
import { toPercent } from './percent.ts'

interface Reporting {
  /** Tells the server; 0 to 1. */
  readonly send: (progress: number) => Promise<unknown>
  /** Gets every failure of `send`; the reports go on. */
  readonly onFailure: (error: unknown) => void
  readonly signal: AbortSignal
}

/** The reports of one job's progress, which also renew its lease. */
export interface ProgressReports {
  /** 0 to 1; cheap to call often. */
  report(progress: number): void
  /** Resolves when no report is under way any more. */
  stop(): Promise<void>
}

/** Progress that moves is told at most this often. */
const intervalMs = 2000

/** And told even when it stands still this often: a lease lasts 120 s, and reports may be lost. */
const heartbeatMs = 20_000

/** Tells the server at once, then when a per cent was gained, or as a sign of life. */
export function startProgressReports({ send, onFailure, signal }: Reporting): ProgressReports {
  const stopped = new AbortController()
  const ended = AbortSignal.any([signal, stopped.signal])
  let progress = 0
  const run = async () => {
    let toldPercent = -1
    let toldAt = 0
    while (!ended.aborted) {
      const percent = toPercent(progress)
      if (percent !== toldPercent || performance.now() - toldAt >= heartbeatMs) {
        await send(progress).then(() => {
          toldPercent = percent
          toldAt = performance.now()
        }, onFailure)
      }
      await pause(ended)
    }
  }
  const running = run()
  return {
    report: (value) => {
      progress = value
    },
    stop: () => {
      stopped.abort()
      return running
    },
  }
}

async function pause(signal: AbortSignal): Promise<void> {
  try {
    await wait(intervalMs, undefined, { signal })
  } catch (error) {
    if (!signal.aborted) throw error
  }
}
