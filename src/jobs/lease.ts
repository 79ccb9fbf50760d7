import { type RawBuilder, sql } from 'kysely'
import type { RunnerRow } from '#runners/runner.ts'

/** A stock runner says that it is alive once a minute, and one of its calls may be lost (5.4). */
const leastStockSeconds = 120

/**
 * How long a runner that falls silent keeps its job: as the settings say, but runners that speak
 * once a minute must not lose what they are working on (runner protocol 3.5).
 */
export function leaseSecondsOf(
  { encoders }: Pick<RunnerRow, 'encoders'>,
  leaseSeconds: number,
): number {
  return encoders === null ? Math.max(leaseSeconds, leastStockSeconds) : leaseSeconds
}

/** When a lease that begins now ends, in a statement that has the job's runner as `runners`. */
export function leaseEnd(leaseSeconds: number): RawBuilder<Date> {
  const stock = Math.max(leaseSeconds, leastStockSeconds)
  return sql<Date>`now() + make_interval(
    secs => case when runners.encoders is null then ${stock} else ${leaseSeconds} end::float8)`
}
