import type { MeasuredTrack, StreamFacts, StreamSpan } from '../measure/facts.ts'
import { findSpan, sampleSeconds } from '../measure/track-times.ts'
import { listTracks, type Output } from '../model.ts'
import { findAvcLevel, readAvcCodec } from './avc-level.ts'
import { frameRateOf } from './frame-rate.ts'
import type { Rule } from './rule.ts'

interface VideoTrack {
  readonly track: MeasuredTrack
  readonly stream: StreamFacts
}

function listVideo(output: Output): VideoTrack[] {
  return listTracks(output).flatMap((track) => {
    const stream = track.streams.find(({ kind }) => kind === 'video')
    return stream ? [{ track, stream }] : []
  })
}

/** Profiles up to High (Baseline 66, Main 77, Extended 88, High 100) at levels up to 5.2. */
const AVC_PROFILES = [66, 77, 88, 100]
const HIGHEST_AVC_LEVEL = 52

/** Apple 1.3b: H.264 is at most High profile, level 5.2. */
const avcIsAtMostHigh: Rule = {
  id: '1.3b',
  severity: 'error',
  title: 'H.264 is at most High profile, level 5.2',
  *find(output) {
    for (const { track, stream } of listVideo(output)) {
      const avc = readAvcCodec(stream.codecs)
      if (!avc || (AVC_PROFILES.includes(avc.profile) && avc.level <= HIGHEST_AVC_LEVEL)) continue
      yield {
        where: track.name,
        message: 'is H.264 beyond High profile or level 5.2',
        expected: 'profile ≤ 100, level ≤ 52',
        found: `profile ${avc.profile}, level ${avc.level}`,
      }
    }
  },
}

/** Apple 1.10: parameter sets are in the sample entry: avc1 and hvc1, not avc3 and hev1. */
const parameterSetsAreApart: Rule = {
  id: '1.10',
  severity: 'warning',
  title: 'Parameter sets are in the sample entry (avc1, hvc1)',
  *find(output) {
    for (const { track, stream } of listVideo(output)) {
      if (!/^(avc3|hev1|dvhe)$/.test(stream.entry)) continue
      const expected = stream.entry === 'avc3' ? 'avc1' : 'hvc1'
      const message = 'has its parameter sets in the samples'
      yield { where: track.name, message, expected, found: stream.entry }
    }
  },
}

/** Below this level every decoder of today is at home: lower ones would please nobody. */
const MODEST_LEVEL = 31

/** Apple 1.11: the level is no higher than size, frame rate and bit rate need. */
const levelIsNeeded: Rule = {
  id: '1.11',
  severity: 'warning',
  title: 'The H.264 level is no higher than needed',
  *find(output) {
    for (const { track, stream } of listVideo(output)) {
      const avc = readAvcCodec(stream.codecs)
      const { width, height } = stream
      if (!avc || width === null || height === null) continue
      const needed = findAvcLevel({ width, height, framesPerSecond: frameRateOf(track) ?? 1 })
      if (avc.level <= Math.max(needed, MODEST_LEVEL)) continue
      const message = 'has a higher H.264 level than its size and frame rate need'
      yield { where: track.name, message, expected: `≤ ${needed}`, found: String(avc.level) }
    }
  },
}

const MOST_SECONDS_BETWEEN_KEYS = 2

/** Apple 1.13: key frames every two seconds, across segments too. */
const keyframesAreFrequent: Rule = {
  id: '1.13',
  severity: 'warning',
  title: 'There is a key frame every two seconds',
  *find(output) {
    for (const { track } of listVideo(output)) {
      const { seconds, where } = findLongestKeyGap(track)
      if (seconds <= MOST_SECONDS_BETWEEN_KEYS + sampleSeconds(track)) continue
      const message = 'has key frames more than two seconds apart'
      yield { where, message, expected: '≤ 2 s', found: `${seconds.toFixed(3)} s` }
    }
  },
}

function findLongestKeyGap(track: MeasuredTrack): { seconds: number; where: string } {
  let longest = { seconds: 0, where: track.name }
  let lastKey: number | null = null
  const note = (ticks: number, { timescale }: StreamSpan, where: string): void => {
    if (ticks / timescale > longest.seconds) longest = { seconds: ticks / timescale, where }
  }
  for (const [index, segment] of track.segments.entries()) {
    const span = findSpan(segment, 'video')
    if (!span) continue
    if (segment.discontinuity) lastKey = null
    if (lastKey !== null && span.firstKeyTicks !== null) {
      note(span.firstKeyTicks - lastKey, span, segment.where)
    }
    note(span.longestKeyGapTicks, span, segment.where)
    lastKey = span.lastKeyTicks ?? lastKey
    const ends = index === track.segments.length - 1
    if (ends && lastKey !== null) note(span.endTicks - lastKey, span, segment.where)
  }
  return longest
}

/** Apple 1.19: no more than 60 frames per second. */
const framesAreAtMost60: Rule = {
  id: '1.19',
  severity: 'error',
  title: 'The frame rate is at most 60 per second',
  *find(output) {
    for (const { track } of listVideo(output)) {
      const rate = frameRateOf(track) ?? 0
      if (rate <= 60.5) continue
      const message = 'has more than 60 frames per second'
      yield { where: track.name, message, expected: '≤ 60', found: rate.toFixed(3) }
    }
  },
}

/** Apple 1.21: one colour space in all streams. */
const thereIsOneColorSpace: Rule = {
  id: '1.21',
  severity: 'warning',
  title: 'All pictures have the same colour primaries',
  *find(output) {
    const [first, ...others] = listVideo(output).filter(({ stream }) => stream.color)
    for (const { track, stream } of others) {
      const [expected, found] = [first?.stream.color?.primaries, stream.color?.primaries]
      if (expected === found) continue
      const message = `has other colour primaries than ${first?.track.name}`
      yield { where: track.name, message, expected: String(expected), found: String(found) }
    }
  },
}

export const videoRules: readonly Rule[] = [
  avcIsAtMostHigh,
  parameterSetsAreApart,
  levelIsNeeded,
  keyframesAreFrequent,
  framesAreAtMost60,
  thereIsOneColorSpace,
]
