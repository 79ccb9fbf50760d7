import { setTimeout as wait } from 'node:timers/promises'
import { toPercent } from './percent.ts'

interface Reporting {
  /** Tells the server; 0 to 1. */
  readonly send: (progress: number) => Promise<unknown>
  /** Gets every failure of `send`; the reports go on. */
  readonly onFailure: (error: unknown) => void
  readonly signal: AbortSignal
  /** How long the job stays ours without a word; left out where the server does not say. */
  readonly leaseSeconds?: number | undefined
}

/** The reports of one job's progress, which also renew its lease. */
export interface ProgressReports {
  /** 0 to 1; cheap to call often. */
  report(progress: number): void
  /** Resolves when no report is under way any more. */
  stop(): Promise<void>
}

/** Progress that moves is told at most this often, but for leases that end soon. */
const intervalMs = 2000

/** And told even when it stands still this often, for it renews the lease. */
const heartbeatMsMost = 20_000

/** How often within a lease that is short: reports may be late or lost. */
const heartbeatsPerLease = 3

/** Tells the server at once, then when a per cent was gained, or as a sign of life. */
export function startProgressReports({
  send,
  onFailure,
  signal,
  leaseSeconds = Infinity,
}: Reporting): ProgressReports {
  const heartbeatMs = Math.min(heartbeatMsMost, (leaseSeconds * 1000) / heartbeatsPerLease)
  // Half of it, or a look that comes a moment too early would double the silence.
  const pauseMs = Math.min(intervalMs, heartbeatMs / 2)
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
      await pause(pauseMs, ended)
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

async function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  try {
    await wait(milliseconds, undefined, { signal })
  } catch (error) {
    if (!signal.aborted) throw error
  }
}
