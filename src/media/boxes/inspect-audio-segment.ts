import type { InspectedSegment } from './inspect-segment.ts'
import type { ParsedAudioInit } from './parse-init.ts'
import { refuse } from './refuse.ts'
import type { Sample } from './sample-run.ts'
import { splitSegment } from './split-segment.ts'

/** What was ordered of a segment of sound. */
export interface ExpectedAudioSegment {
  readonly init: ParsedAudioInit
  /** Decode time of the first frame, in ticks; 0 for the first segment, priming included. */
  readonly baseDecodeTime: number
  /** Ticks of a coded frame: 1024 for AAC. */
  readonly frameTicks: number
  /** Coded frames in the segment. */
  readonly samples: number
  /** Where the sound may end in this segment: so many frames are enough, and the last may be shorter. */
  readonly fewest?: number
  readonly maxBytes: number
}

/** What is recorded of a segment of sound, and where the next one begins. */
export interface InspectedAudioSegment extends InspectedSegment {
  /** Decode time of the next segment's first frame, in ticks. */
  readonly nextDecodeTime: number
}

/**
 * Checks a segment of sound by a runner that is half trusted: structure, track, time, count, that
 * every frame is a sync sample of the right duration (only the last of a last segment may be
 * shorter). The duration that is told is what is heard: the first segment's without the priming.
 * Fails with `segment_refused` that says what is wrong.
 */
export function inspectAudioSegment(
  bytes: Buffer,
  expected: ExpectedAudioSegment,
): InspectedAudioSegment {
  const { baseDecodeTime, init } = expected
  const samples = splitSegment(bytes, expected).flatMap((fragment) => fragment.samples)
  checkFrames(samples, expected)
  const decodedTicks = samples.reduce((sum, sample) => sum + sample.durationTicks, 0)
  const primingTicks = baseDecodeTime === 0 ? init.leadTicks : 0
  if (decodedTicks <= primingTicks) refuse('The segment holds priming and no sound.')
  return {
    durationTicks: decodedTicks - primingTicks,
    nextDecodeTime: baseDecodeTime + decodedTicks,
    samples: samples.length,
    keyframes: [],
  }
}

function checkFrames(frames: readonly Sample[], expected: ExpectedAudioSegment): void {
  const { frameTicks, samples, fewest = samples } = expected
  if (frames.length > samples || frames.length < fewest) {
    refuse('The number of audio frames is wrong.', { expected: samples, found: frames.length })
  }
  for (const [index, { durationTicks, isSync, compositionOffset }] of frames.entries()) {
    const mayBeShort = expected.fewest !== undefined && index === frames.length - 1
    const isRight = durationTicks === frameTicks || (mayBeShort && durationTicks < frameTicks)
    if (!isRight || durationTicks === 0) refuse('The duration of an audio frame is wrong.')
    if (!isSync || compositionOffset !== 0) refuse('An audio frame is out of order.')
  }
}
