import type { SegmentFacts } from '../measure/facts.ts'
import { mainSpan, measureSeconds, wholeSampleSeconds } from '../measure/track-times.ts'
import type { MeasuredRepresentation, Output } from '../model.ts'
import type { Rule } from './rule.ts'

function listRepresentations(output: Output): MeasuredRepresentation[] {
  return output.dash.flatMap(({ tracks }) => tracks)
}

/** Sound and pictures do not end on the same frame; this much is no matter of frames. */
const PERIOD_TOLERANCE_SECONDS = 0.1

/** ISO/IEC 23009-1 section 5.3.9.6: the timeline fills its Period. */
const timelineFillsPeriod: Rule = {
  id: 'DASH-5.3.9.6',
  severity: 'error',
  title: 'The SegmentTimeline adds up to its Period',
  *find(output) {
    for (const { representation, periodSeconds } of listRepresentations(output)) {
      const { where, timelineSeconds, addressing } = representation
      if (addressing === 'none') yield { where, message: 'names no segments' }
      if (addressing !== 'timeline' || timelineSeconds === null || periodSeconds === null) continue
      if (Math.abs(timelineSeconds - periodSeconds) <= PERIOD_TOLERANCE_SECONDS) continue
      yield {
        where,
        message: 'has a SegmentTimeline that does not add up to its Period',
        expected: `${periodSeconds.toFixed(3)} s`,
        found: `${timelineSeconds.toFixed(3)} s`,
      }
    }
  },
}

/** ISO/IEC 23009-1 section 5.3.9.6.3: `t` and `d` are the media's own, within a frame. */
const timelineIsTrue: Rule = {
  id: 'DASH-5.3.9.6-times',
  severity: 'error',
  title: 'Starts and durations of the SegmentTimeline are those of the segments',
  *find(output) {
    for (const one of listRepresentations(output)) {
      if (one.representation.addressing === 'timeline') yield* findWrongTimes(one)
    }
  },
}

function* findWrongTimes({ track }: MeasuredRepresentation) {
  const truths = measureSeconds(track)
  const frame = wholeSampleSeconds(track) + 0.001
  for (const [index, segment] of track.segments.entries()) {
    const { where, declaredSeconds } = segment
    const truth = truths[index] ?? null
    if (truth === null || declaredSeconds === null) continue
    if (Math.abs(truth - declaredSeconds) > frame) {
      const message = 'lasts another time than the manifest says'
      yield { where, message, expected: `${truth.toFixed(4)} s`, found: `${declaredSeconds} s` }
    }
    yield* findWrongStart(segment, { editSeconds: editSecondsOf(track), frame })
  }
}

function editSecondsOf({ streams: [stream] }: MeasuredRepresentation['track']): number {
  return stream ? stream.editStartTicks / stream.timescale : 0
}

/** Packagers write the decode time or the (edited) presentation time: all of them are let pass. */
function* findWrongStart(
  segment: SegmentFacts,
  { editSeconds, frame }: { readonly editSeconds: number; readonly frame: number },
) {
  const span = mainSpan(segment)
  const declared = segment.declaredStartSeconds
  if (!span || declared === null) return
  const starts = [span.startTicks, span.presentationTicks].map((ticks) => ticks / span.timescale)
  const lowest = Math.min(...starts) - Math.max(editSeconds, 0) - frame
  const highest = Math.max(...starts) + frame
  if (declared >= lowest && declared <= highest) return
  const message = 'begins at another time than the manifest says'
  yield { where: segment.where, message, expected: `${starts[0]} s`, found: `${declared} s` }
}

/** ISO/IEC 23009-1 section 5.3.3.2: aligned segments begin together in all Representations. */
const alignedIsAligned: Rule = {
  id: 'DASH-5.3.3.2-aligned',
  severity: 'error',
  title: 'Segments are aligned where segmentAlignment says so',
  *find(output) {
    const groups = Map.groupBy(listRepresentations(output), ({ set }) => set)
    for (const [set, members] of groups) {
      if (set.attributes.get('segmentAlignment') !== 'true') continue
      const [first, ...others] = members.map(({ track }) => track.segments)
      for (const segments of others) {
        const stray = segments.find((one, index) => startsApart(one, first?.[index]))
        if (stray)
          yield { where: stray.where, message: 'is not aligned with the other Representations' }
      }
    }
  },
}

function startsApart(one: SegmentFacts, other: SegmentFacts | undefined): boolean {
  const [span, wanted] = [mainSpan(one), other && mainSpan(other)]
  if (!span || !wanted) return false
  const difference = span.startTicks / span.timescale - wanted.startTicks / wanted.timescale
  return Math.abs(difference) > 0.001
}

/** ISO/IEC 23009-1 section 5.3.7.2: a segment that starts with SAP 1 or 2 starts with a key frame. */
const sapIsTrue: Rule = {
  id: 'DASH-5.3.7.2-sap',
  severity: 'error',
  title: 'Segments start with a key frame where startWithSAP says so',
  *find(output) {
    for (const { representation, track, sharedWithHls } of listRepresentations(output)) {
      const promised = ['1', '2'].includes(representation.startsWithSap ?? '')
      // Segments that HLS serves too were judged by rule 7.4.
      if (!promised || sharedWithHls) continue
      const stray = track.segments.find((one) => mainSpan(one)?.startsWithIdr === false)
      if (stray) yield { where: stray.where, message: 'does not start with a key frame' }
    }
  },
}

/**
 * ISO/IEC 23009-1 section 5.3.5.2: who receives at `bandwidth` and begins after minBufferTime never
 * waits. The most that a run of segments is behind is the largest sum of bits beyond its time.
 */
const bandwidthSuffices: Rule = {
  id: 'DASH-5.3.5.2-bandwidth',
  severity: 'warning',
  title: 'Receiving at bandwidth after minBufferTime never stalls',
  *find(output) {
    for (const { manifest, tracks } of output.dash) {
      for (const { representation, track } of tracks) {
        const { bandwidthBps, where } = representation
        if (bandwidthBps === null || manifest.minBufferSeconds === null) continue
        const bits = measureBacklogBits(track.segments, bandwidthBps)
        const allowed = bandwidthBps * manifest.minBufferSeconds
        if (bits <= allowed) continue
        yield {
          where,
          message: 'has too small a bandwidth for its segments and minBufferTime',
          expected: `backlog ≤ ${Math.round(allowed)} bits`,
          found: `${Math.round(bits)} bits`,
        }
      }
    }
  },
}

/** Largest sum over any run of (bits − bandwidth × seconds): Kadane's walk. */
function measureBacklogBits(segments: readonly SegmentFacts[], bandwidthBps: number): number {
  let [worst, running] = [0, 0]
  for (const { bytes, declaredSeconds } of segments) {
    running = Math.max(0, running + bytes * 8 - bandwidthBps * (declaredSeconds ?? 0))
    worst = Math.max(worst, running)
  }
  return worst
}

export const dashTimelineRules: readonly Rule[] = [
  timelineFillsPeriod,
  timelineIsTrue,
  alignedIsAligned,
  sapIsTrue,
  bandwidthSuffices,
]
