/** A segment for weighing: its bytes and the seconds that it is said to last. */
export interface Weight {
  readonly bytes: number
  readonly seconds: number
}

/** All bits ÷ all time, RFC 8216 section 4.3.4.2 (AVERAGE-BANDWIDTH); null without a duration. */
export function measureAverageBps(weights: readonly Weight[]): number | null {
  const bytes = weights.reduce((sum, weight) => sum + weight.bytes, 0)
  const seconds = weights.reduce((sum, weight) => sum + weight.seconds, 0)
  return seconds > 0 ? (bytes * 8) / seconds : null
}

/**
 * The largest bit rate of any contiguous run of segments that lasts 0.5 to 1.5 × the target
 * duration, RFC 8216 section 4.1. A playlist without such a run is weighed whole.
 */
export function measurePeakBps(weights: readonly Weight[], targetSeconds: number): number | null {
  let peak: number | null = null
  for (const [first] of weights.entries()) {
    let bytes = 0
    let seconds = 0
    for (let at = first; at < weights.length && seconds <= targetSeconds * 1.5; at++) {
      const weight = weights[at] ?? { bytes: 0, seconds: 0 }
      bytes += weight.bytes
      seconds += weight.seconds
      // Segments without a length would make one run of the rest of the playlist.
      if (seconds === 0) break
      if (seconds < targetSeconds * 0.5 || seconds > targetSeconds * 1.5) continue
      peak = Math.max(peak ?? 0, (bytes * 8) / seconds)
    }
  }
  return peak ?? measureAverageBps(weights)
}
