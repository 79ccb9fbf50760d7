import type { MeasuredTrack, SegmentFacts, StreamKind, StreamSpan } from './facts.ts'

/** The span of the stream that a segment is about: the pictures where there are any. */
export function mainSpan(segment: SegmentFacts): StreamSpan | null {
  return findSpan(segment, 'video') ?? segment.spans[0] ?? null
}

/** The first span of that kind. */
export function findSpan(segment: SegmentFacts, kind: StreamKind): StreamSpan | null {
  return segment.spans.find((span) => span.kind === kind) ?? null
}

/** End minus start of a span, in seconds. */
export function spanSeconds({ startTicks, endTicks, timescale }: StreamSpan): number {
  return (endTicks - startTicks) / timescale
}

/**
 * What one sample of a track lasts on average, in seconds: the unit of what may be off. Over the
 * whole track, since the last sample may be cut short.
 */
export function sampleSeconds(track: MeasuredTrack): number {
  const { seconds, samples } = sumSamples(track)
  return samples > 0 ? seconds / samples : 0
}

/**
 * The longest that a sample may last that is not cut short: as if the last one lasted nothing. What
 * two may be apart "within a frame", also in a track of a few frames.
 */
export function wholeSampleSeconds(track: MeasuredTrack): number {
  const { seconds, samples } = sumSamples(track)
  return samples > 0 ? seconds / Math.max(1, samples - 1) : 0
}

function sumSamples({ segments }: MeasuredTrack): { seconds: number; samples: number } {
  const spans = segments.flatMap((segment) => mainSpan(segment) ?? [])
  const seconds = spans.reduce((sum, span) => sum + spanSeconds(span), 0)
  const samples = spans.reduce((sum, span) => sum + span.samples, 0)
  return { seconds, samples }
}

/**
 * True length of each segment in seconds, null where nothing was measured. Fragments say it
 * themselves; a packet of a transport stream lasts until the next begins, so there the next
 * segment's start counts.
 */
export function measureSeconds(track: MeasuredTrack): (number | null)[] {
  return track.segments.map((segment, index) => {
    const span = mainSpan(segment)
    if (!span) return null
    const next = track.segments[index + 1]
    const following = next && !next.discontinuity ? mainSpan(next) : null
    if (track.container === 'fmp4' || !following || following.id !== span.id)
      return spanSeconds(span)
    return (following.presentationTicks - span.presentationTicks) / span.timescale
  })
}

/** Sum of the measured lengths; null when a segment could not be measured. */
export function totalSeconds(track: MeasuredTrack): number | null {
  const seconds = measureSeconds(track)
  const known = seconds.filter((one) => one !== null)
  return known.length === seconds.length && known.length > 0
    ? known.reduce((sum, one) => sum + one, 0)
    : null
}

/** Pictures, or frames of sound, in all segments. */
export function countSamples(track: MeasuredTrack): number {
  return track.segments.reduce((sum, segment) => sum + (mainSpan(segment)?.samples ?? 0), 0)
}
