import type { MeasuredTrack, SegmentFacts } from '../measure/facts.ts'
import { findSpan, measureSeconds } from '../measure/track-times.ts'
import { listPlaylists, listTracks } from '../model.ts'
import { type Rule, readingRule } from './rule.ts'

/** Apple 7.3, within a segment (met while reading) and from one segment to the next. */
const decodeTimesContinue: Rule = {
  id: '7.3',
  severity: 'error',
  title: 'The tfdt of each fragment is where the one before ends',
  *find(output) {
    yield* readingRule('7.3', '').find(output)
    for (const track of listTracks(output)) {
      if (track.container !== 'fmp4') continue
      for (const [before, after] of listPairs(track)) yield* findGaps(before, after)
    }
  },
}

function* listPairs({ segments }: MeasuredTrack): Generator<[SegmentFacts, SegmentFacts]> {
  for (const [index, before] of segments.entries()) {
    const after = segments[index + 1]
    if (after && !after.discontinuity) yield [before, after]
  }
}

function* findGaps(before: SegmentFacts, after: SegmentFacts) {
  for (const span of before.spans) {
    const next = after.spans.find(({ id }) => id === span.id)
    if (!next || next.startTicks === span.endTicks) continue
    yield {
      where: after.where,
      message: `does not begin where the ${span.kind} of ${before.where} ends`,
      expected: `tfdt ${span.endTicks}`,
      found: `tfdt ${next.startTicks}`,
    }
  }
}

/** Apple 7.4: by the types of the NAL units for H.264 and HEVC, by sync flags for others. */
const segmentsStartWithIdr: Rule = {
  id: '7.4',
  severity: 'error',
  title: 'Every video segment starts with an IDR picture',
  *find(output) {
    for (const { role, track } of listPlaylists(output)) {
      if (role !== 'video') continue
      for (const segment of track.segments) {
        if (findSpan(segment, 'video')?.startsWithIdr !== false) continue
        yield { where: segment.where, message: 'does not start with an IDR picture' }
      }
    }
  },
}

const WANTED_SECONDS = 6

/** Apple 7.5 and 7.6: target and segments of about 6 s, where there is more than one segment. */
const targetIsSixSeconds: Rule = {
  id: '7.5',
  severity: 'warning',
  title: 'The target duration is 6 seconds',
  *find(output) {
    for (const { role, playlist, track } of listPlaylists(output)) {
      const target = playlist.targetDurationSeconds
      if (role === 'iframes' || role === 'subtitles' || track.segments.length < 2) continue
      if (target === null || Math.abs(target - WANTED_SECONDS) <= 1) continue
      yield {
        where: playlist.path,
        message: 'has another target duration than 6 s',
        expected: String(WANTED_SECONDS),
        found: String(target),
      }
    }
  },
}

/** Apple 7.7: no segment is longer than the target duration + 0.5 s, measured or declared. */
const segmentsFitTarget: Rule = {
  id: '7.7',
  severity: 'error',
  title: 'No segment exceeds the target duration by more than 0.5 seconds',
  *find(output) {
    for (const { role, playlist, track } of listPlaylists(output)) {
      const target = playlist.targetDurationSeconds
      if (target === null || role === 'iframes') continue
      const measured = measureSeconds(track)
      for (const [index, segment] of track.segments.entries()) {
        const seconds = Math.max(measured[index] ?? 0, segment.declaredSeconds ?? 0)
        if (seconds <= target + 0.5) continue
        yield {
          where: segment.where,
          message: 'is longer than the target duration + 0.5 s',
          expected: `≤ ${target + 0.5} s`,
          found: `${seconds.toFixed(3)} s`,
        }
      }
    }
  },
}

export const segmentRules: readonly Rule[] = [
  decodeTimesContinue,
  segmentsStartWithIdr,
  targetIsSixSeconds,
  segmentsFitTarget,
]
