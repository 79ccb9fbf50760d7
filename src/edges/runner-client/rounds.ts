import { delayMs } from './retry.ts'

interface Rounding {
  /** One round of asking for work. */
  readonly round: () => Promise<void>
  /** Every failure of a round; what it throws ends the rounds. */
  readonly onFailure: (error: unknown) => Promise<void> | void
  /** Gets what ended the rounds. */
  readonly onEnd: (error: unknown) => void
}

/** Rounds that never overlap. */
export interface Rounds {
  /** A round now, or one more after the one under way. */
  ask(): void
  stop(): void
}

/** A ping may be lost (runner protocol 5.3): without one, a round comes after 30 s ± a quarter. */
const pollMs = 30_000

/** After a failed round the next comes after 0.5 s, then twice as late each time, up to 10 s. */
const firstDelayMs = 500

/** Runs rounds when asked to, after failures, and now and then by themselves. */
export function createRounds({ round, onFailure, onEnd }: Rounding): Rounds {
  let isRunning = false
  let isAskedAgain = false
  let isStopped = false
  let failures = 0
  let timer: NodeJS.Timeout | undefined

  const attempt = async () => {
    try {
      await round()
      failures = 0
    } catch (error) {
      failures += 1
      await onFailure(error)
    }
  }
  const run = async () => {
    isRunning = true
    do {
      isAskedAgain = false
      await attempt()
    } while (isAskedAgain && failures === 0 && !isStopped)
    isRunning = false
    if (isStopped) return
    const waitMs = failures > 0 ? delayMs(failures, firstDelayMs) : pollMs * jitter()
    timer = setTimeout(ask, waitMs)
  }
  const ask = () => {
    if (isStopped) return
    isAskedAgain = true
    if (isRunning) return
    clearTimeout(timer)
    run().catch(onEnd)
  }
  const stop = () => {
    isStopped = true
    clearTimeout(timer)
  }
  return { ask, stop }
}

function jitter(): number {
  return 0.75 + Math.random() / 2
}
