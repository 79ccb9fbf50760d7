import { setTimeout as wait } from 'node:timers/promises'
import type { Logger } from 'pino'

interface Patience {
  readonly signal: AbortSignal
  readonly drain?: AbortSignal
  readonly log: Logger
}

/** Long enough not to bother a server that means it; short for one whose database was away. */
const pauseMs = 5 * 60_000

/**
 * Works for one of several servers until the runner ends. When it will not have this runner any more,
 * the others are worked for, and it is asked again after a pause: a wrong answer, as from a database
 * that was restored, must not end an account for good.
 */
export async function stayWith(
  server: string,
  work: () => Promise<void>,
  { signal, drain, log }: Patience,
): Promise<void> {
  const leaving = drain ? AbortSignal.any([signal, drain]) : signal
  while (!leaving.aborted) {
    try {
      return await work()
    } catch (error) {
      log.error({ err: error, server }, 'this server will not have the runner')
    }
    // Cut short when the runner ends: the loop's condition then ends it.
    await wait(pauseMs, undefined, { signal: leaving }).catch(() => undefined)
  }
}
