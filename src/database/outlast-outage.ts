import { setTimeout as delay } from 'node:timers/promises'
import { ReelmillError } from '#errors/reelmill-error.ts'
import { toDatabaseError } from './connection.ts'

/** A PostgreSQL that restarts is back in some seconds; one that fails over, in half a minute. */
const patienceMs = 45_000
const everyMs = 250

/**
 * Runs again while the database is away, for what cannot be asked for once more: stock runners never
 * repeat a success, so an outage of a second would cost them a whole encode (runner protocol 5.4).
 * `run` must be safe to run twice.
 *
 * @throws whatever `run` threw last.
 */
export async function outlastOutage<T>(run: () => Promise<T>): Promise<T> {
  const endAtMs = performance.now() + patienceMs
  for (;;) {
    try {
      return await run()
    } catch (error) {
      if (!isOutage(error) || performance.now() > endAtMs) throw error
      await delay(everyMs)
    }
  }
}

function isOutage(error: unknown): boolean {
  const known = toDatabaseError(error)
  return known instanceof ReelmillError && known.code === 'database_unavailable'
}
