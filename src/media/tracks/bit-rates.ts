import type { Track } from './track.ts'

/** Bits per second, whole. */
export interface BitRates {
  readonly averageBps: number
  readonly peakBps: number
}

/** Anything that has a length in time and in bytes. */
export interface Measured {
  readonly durationTicks: number
  readonly bytes: number
}

/**
 * The rates of a finished or growing track, from its segments: the average is all bits over all
 * time, the peak the highest rate of any contiguous run of segments that lasts 0.5 to 1.5 × the
 * target duration (RFC 8216 section 4.1). Both are rounded up. Zero for a track without segments.
 */
export function measureBitRates(
  track: Pick<Track, 'segments' | 'timescale'>,
  targetSeconds: number = roundTargetDuration(track.segments, track.timescale),
): BitRates {
  return measureRuns(track.segments, track.timescale, targetSeconds)
}

/** As measureBitRates, for anything that follows each other in time: I-frames too. */
export function measureRuns(
  parts: readonly Measured[],
  timescale: number,
  targetSeconds: number,
): BitRates {
  const bytes = parts.reduce((sum, part) => sum + part.bytes, 0)
  const ticks = parts.reduce((sum, part) => sum + part.durationTicks, 0)
  if (ticks === 0) return { averageBps: 0, peakBps: 0 }
  const toBps = (bytesPerTick: number) => Math.ceil(bytesPerTick * 8 * timescale)
  const averageBps = toBps(bytes / ticks)
  // A track shorter than the shortest run is a run of its own.
  const peak = findDensestRun(parts, targetSeconds * timescale) ?? bytes / ticks
  return { averageBps, peakBps: Math.max(averageBps, toBps(peak)) }
}

/**
 * Bytes per tick of the densest run. The work is segments × those that fit into 1.5 × the target:
 * two or three, so it is linear in practice and bounded always.
 */
function findDensestRun(parts: readonly Measured[], targetTicks: number): number | null {
  let densest: number | null = null
  for (const start of parts.keys()) {
    let bytes = 0
    let ticks = 0
    for (let end = start; end < parts.length; end++) {
      bytes += parts[end]?.bytes ?? 0
      ticks += parts[end]?.durationTicks ?? 0
      if (ticks > targetTicks * 1.5) break
      if (ticks >= targetTicks * 0.5) densest = Math.max(densest ?? 0, bytes / ticks)
    }
  }
  return densest
}

/** The longest of the parts in whole seconds, as EXT-X-TARGETDURATION wants it; at least 1. */
export function roundTargetDuration(parts: readonly Measured[], timescale: number): number {
  const longest = parts.reduce((most, part) => Math.max(most, part.durationTicks), 0)
  return Math.max(1, Math.round(longest / timescale))
}
