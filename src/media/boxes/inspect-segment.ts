import type { Keyframe } from '../tracks/track.ts'
import { type CheckSample, chooseSampleCheck } from './check-sample.ts'
import type { ParsedVideoInit } from './parse-init.ts'
import { refuse } from './refuse.ts'
import { type SegmentFragment, splitSegment } from './split-segment.ts'

/** What was ordered of a segment of pictures. */
export interface ExpectedSegment {
  readonly init: ParsedVideoInit
  /** Decode time of the first picture, in ticks: its number on the grid × `frameTicks`. */
  readonly baseDecodeTime: number
  /** Pictures in the segment. */
  readonly samples: number
  /** The last segment of a video whose length nobody knows yet may hold fewer. */
  readonly fewerAllowed?: boolean
  readonly frameTicks: number
  /** Every fragment is one group of so many pictures; only the segment's last may have fewer. */
  readonly gopFrames: number
  /** Groups may be shorter anywhere: the encoder also starts one where the scene changes. */
  readonly anyGops?: boolean
  readonly maxBytes: number
  /** Of each fragment only the first picture was read (read-sparsely.ts). */
  readonly isSparse?: boolean
}

/** What is recorded of a segment. */
export interface InspectedSegment {
  /** Ticks that the segment is shown or heard. */
  readonly durationTicks: number
  readonly samples: number
  readonly keyframes: readonly Keyframe[]
}

/**
 * Checks a segment of pictures by a runner that is half trusted, against what was ordered: its
 * structure, track, time, count and durations of pictures, that each fragment is a closed group of
 * pictures starting with a real key frame (Apple's rule 7.4, CMAF section 7.3.2.3), and that the
 * pictures fill their time exactly. Fails with `segment_refused` that says what is wrong. Reads
 * headers only: a millisecond or so, whatever the bit rate.
 */
export function inspectSegment(bytes: Buffer, expected: ExpectedSegment): InspectedSegment {
  const fragments = splitSegment(bytes, expected)
  const samples = fragments.reduce((sum, fragment) => sum + fragment.samples.length, 0)
  const isCountRight = expected.fewerAllowed
    ? samples <= expected.samples
    : samples === expected.samples
  if (!isCountRight) {
    refuse('The number of pictures is wrong.', { expected: expected.samples, found: samples })
  }
  const checkSample = chooseSampleCheck(expected.init)
  for (const [index, fragment] of fragments.entries()) {
    const isLast = index === fragments.length - 1
    const mayBeShort = isLast || expected.anyGops
    if (!mayBeShort && fragment.samples.length !== expected.gopFrames) refuseGop()
    if (fragment.samples.length > expected.gopFrames) refuseGop()
    checkTimes(fragment, expected)
    checkPictures(fragment, checkSample, expected.isSparse ?? false)
  }
  const durationTicks = samples * expected.frameTicks
  return { durationTicks, samples, keyframes: fragments.map(toKeyframe) }
}

function refuseGop(): never {
  refuse('A group of pictures does not have the length that was ordered.')
}

/** Every picture lasts one frame, the key frame is shown first, and each frame is shown once. */
function checkTimes({ samples }: SegmentFragment, { init, frameTicks }: ExpectedSegment): void {
  const shown = new Set<number>()
  for (const [index, sample] of samples.entries()) {
    if (sample.durationTicks !== frameTicks) refuse('The duration of a picture is wrong.')
    shown.add(index + (sample.compositionOffset - init.leadTicks) / frameTicks)
  }
  const first = samples[0]
  if (first?.compositionOffset !== init.leadTicks) refuse('A key frame is not shown first.')
  for (let index = 0; index < samples.length; index++) {
    if (!shown.has(index)) refuse('A frame is missing, or shown twice.', { frame: index })
  }
}

function checkPictures(
  { bytes, samples }: SegmentFragment,
  checkSample: CheckSample,
  isSparse: boolean,
): void {
  for (const [index, sample] of samples.entries()) {
    const isFirst = index === 0
    if (isSparse && !isFirst) return
    if (isFirst && !sample.isSync) refuse('A fragment does not start with a sync sample.')
    checkSample(bytes.subarray(sample.offset, sample.offset + sample.bytes), isFirst)
  }
}

function toKeyframe({ segmentOffset, samples, durationTicks }: SegmentFragment): Keyframe {
  const first = samples[0]
  return { offset: segmentOffset, bytes: first ? first.offset + first.bytes : 0, durationTicks }
}
