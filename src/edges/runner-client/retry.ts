import { setTimeout as wait } from 'node:timers/promises'
import { ReelmillError } from '#errors/reelmill-error.ts'
import { isTemporary, statusOf } from './call.ts'

interface Patience {
  /** Ends the waiting; the last failure is thrown then. */
  readonly signal: AbortSignal
  readonly firstDelayMs?: number
  /** How often at most; unset: for some ten minutes. */
  readonly maxAttempts?: number
}

const longestDelayMs = 10_000

/** Some ten minutes of an absent server: longer than a restart, an upgrade or a failover. */
const usualAttempts = 65

/** A server that answers 500 has a fault that waiting seldom mends. */
const maxFaults = 5

/**
 * Makes a call again until it succeeds or is refused for good: at first after 0.2 s, then after
 * twice as long each time, up to 10 s, give or take a quarter so that a fleet does not come back
 * all at once. Only for calls that may arrive twice.
 */
export async function callPatiently<T>(
  call: () => Promise<T>,
  { signal, firstDelayMs = 200, maxAttempts = usualAttempts }: Patience,
): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await call()
    } catch (error) {
      if (signal.aborted || !isTemporary(error) || isEnough(error, attempt, maxAttempts))
        throw error
      await wait(delayMs(attempt, firstDelayMs), undefined, { signal }).catch(() => {
        // Woken by the signal: what went wrong with the call is what the caller should see.
        throw error
      })
    }
  }
}

/** How long to wait before attempt n + 1. */
export function delayMs(attempt: number, firstDelayMs: number): number {
  const delay = Math.min(longestDelayMs, firstDelayMs * 2 ** Math.min(20, attempt - 1))
  return delay * (0.75 + Math.random() / 2)
}

function isEnough(error: unknown, attempt: number, maxAttempts: number): boolean {
  const isFault = error instanceof ReelmillError && statusOf(error) === 500
  return attempt >= (isFault ? Math.min(maxFaults, maxAttempts) : maxAttempts)
}
