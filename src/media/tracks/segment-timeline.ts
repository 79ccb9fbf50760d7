import type { TrackSegment } from './track.ts'

/** A run of segments of one duration: an S element, ISO/IEC 23009-1 section 5.3.9.6. */
export interface TimelineRun {
  /** Ticks at which the first of them starts. */
  readonly t: number
  /** Ticks that each of them lasts. */
  readonly d: number
  /** Segments after the first. */
  readonly r: number
}

/** The segments' times, from 0, equal neighbours folded together. */
export function foldTimeline(segments: readonly TrackSegment[]): TimelineRun[] {
  const runs: TimelineRun[] = []
  let time = 0
  for (const { durationTicks } of segments) {
    const last = runs.at(-1)
    if (last?.d === durationTicks) runs[runs.length - 1] = { ...last, r: last.r + 1 }
    else runs.push({ t: time, d: durationTicks, r: 0 })
    time += durationTicks
  }
  return runs
}
