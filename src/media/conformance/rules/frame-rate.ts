import type { MeasuredTrack } from '../measure/facts.ts'
import { sampleSeconds } from '../measure/track-times.ts'

/** Pictures per second of a track on average, counted; null for one picture or none. */
export function frameRateOf(track: MeasuredTrack): number | null {
  const seconds = sampleSeconds(track)
  const pictures = track.segments.reduce((sum, { spans }) => sum + (spans[0]?.samples ?? 0), 0)
  return seconds > 0 && pictures > 1 ? 1 / seconds : null
}
