import type { Measured } from './bit-rates.ts'

/**
 * The durations in seconds with six decimals, rounded such that any run of them adds up to the
 * truth within a microsecond: what is rounded is where each part ends, not how long it is.
 */
export function writeDurations(
  parts: readonly Pick<Measured, 'durationTicks'>[],
  timescale: number,
): string[] {
  let ticks = 0
  let endMicroseconds = 0
  return parts.map(({ durationTicks }) => {
    const startMicroseconds = endMicroseconds
    ticks += durationTicks
    endMicroseconds = Math.round((ticks / timescale) * 1e6)
    return ((endMicroseconds - startMicroseconds) / 1e6).toFixed(6)
  })
}
