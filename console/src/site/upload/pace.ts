/** How fast bytes go, measured so far. */
export interface Pace {
  readonly atMs: number
  readonly bytes: number
  /** null until two moments are known. */
  readonly bytesPerSecond: number | null
}

/** What is nearer than this to the moment before tells nothing. */
const leastMs = 400
/** What happened this long ago counts a third of what happens now. */
const memoryMs = 4_000

/** The pace after one more report, smoothed: a network stutters, and a time left that jumps helps nobody. */
export function keepPace(before: Pace | null, atMs: number, bytes: number): Pace {
  if (before === null || bytes < before.bytes) return { atMs, bytes, bytesPerSecond: null }
  const ms = atMs - before.atMs
  if (ms < leastMs) return before
  const now = ((bytes - before.bytes) / ms) * 1000
  const weight = 1 - Math.exp(-ms / memoryMs)
  const last = before.bytesPerSecond
  return { atMs, bytes, bytesPerSecond: last === null ? now : last + (now - last) * weight }
}
