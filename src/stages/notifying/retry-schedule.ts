const [second, minute, hour] = [1000, 60_000, 3600_000]

/** After the first attempt, the second, …: three days in all, most of them early. */
const delaysMs = [
  ...[5 * second, 30 * second, 2 * minute, 10 * minute, 30 * minute],
  ...[hour, 3 * hour, 6 * hour, 10 * hour, 12 * hour, 16 * hour, 24 * hour],
]

/** Attempts of a delivery that nobody takes. */
export const maxAttempts = delaysMs.length + 1

/** Receivers that failed together are not called together again. */
const jitter = 0.1

/**
 * Milliseconds from attempt number `attempt` (from 1) to the next; null when it was the last.
 * `random` is of 0 to 1.
 */
export function retryDelayMs(attempt: number, random: number): number | null {
  const delayMs = delaysMs[attempt - 1]
  return delayMs === undefined ? null : delayMs * (1 - jitter + 2 * jitter * random)
}
