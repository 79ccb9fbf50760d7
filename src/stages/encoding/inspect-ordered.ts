import { ReelmillError } from '#errors/reelmill-error.ts'
import { aacFrameSamples, countFramesAtLeast, countFramesBefore } from '#jobs/audio-grid.ts'
import type { AudioPayload, ChunkPayload, JobPayload } from '#jobs/payload.ts'
import { inspectAudioSegment } from '#media/boxes/inspect-audio-segment.ts'
import { type InspectedSegment, inspectSegment } from '#media/boxes/inspect-segment.ts'
import type { ParsedInit } from '#media/boxes/parse-init.ts'
import { findRendition } from './expect-init.ts'

interface Segment {
  readonly track: string
  readonly number: number
  readonly bytes: Buffer
  /** Of each fragment only the first sample was read. */
  readonly isSparse?: boolean
  /** Of the track, as it was kept. */
  readonly init: ParsedInit
}

/** A segment may be this much larger than its cap allows: caps are averages over a buffer. */
const sizeSlack = 4
const leastSizeLimitBytes = 4 * 1024 * 1024
/** No caps hold for a lossless proof. */
const losslessSizeLimitBytes = 1024 * 1024 * 1024
/** Priming and the rounding to coded frames, with room. */
const lateSoundSeconds = 1

/**
 * Checks a segment against what the job ordered: its place, length, structure and size.
 *
 * @throws ReelmillError `segment_refused`, saying what is wrong.
 */
export function inspectOrdered(payload: JobPayload, segment: Segment): InspectedSegment {
  return payload.type === 'vod-audio-encoding'
    ? inspectSound(payload, segment)
    : inspectPictures(payload, segment)
}

function inspectPictures(payload: ChunkPayload, segment: Segment): InspectedSegment {
  const { grid, chunk, renditions } = payload
  const { track, number, bytes, init, isSparse = false } = segment
  const { encoder } = findRendition(renditions, track)
  if (init.kind !== 'video') throw new ReelmillError('segment_refused', 'The track is not video.')
  const firstFrame = number * grid.segmentFrames
  const endFrame = chunk.firstFrame + (chunk.frames ?? grid.framesAtMost)
  if (firstFrame < chunk.firstFrame || firstFrame >= endFrame) {
    throw new ReelmillError('segment_refused', `Segment ${number} is not of this chunk.`)
  }
  const seconds = (grid.segmentFrames * grid.frameTicks) / grid.timescale
  return inspectSegment(bytes, {
    init,
    baseDecodeTime: firstFrame * grid.frameTicks,
    samples: Math.min(grid.segmentFrames, endFrame - firstFrame),
    fewerAllowed: chunk.frames === null,
    frameTicks: grid.frameTicks,
    gopFrames: grid.gopFrames,
    isSparse,
    maxBytes: encoder.lossless ? losslessSizeLimitBytes : limitBytes(encoder.maxrateBps, seconds),
  })
}

/** Only where the sound ends may a segment hold fewer coded frames than fit: else they are missing. */
function inspectSound(payload: AudioPayload, segment: Segment): InspectedSegment {
  const { track, number, bytes, init } = segment
  const { sampleRate, bitRateBps } = findRendition(payload.renditions, track)
  if (init.kind !== 'audio') throw new ReelmillError('segment_refused', 'The track is not audio.')
  const first = countFramesBefore(number, payload.segmentSeconds, sampleRate)
  const end = countFramesBefore(number + 1, payload.segmentSeconds, sampleRate)
  const seconds = ((end - first) * aacFrameSamples) / sampleRate
  // Else a runner could fill the storage with sound that goes on and on.
  const isBehind = number >= (payload.segmentsAtMost ?? Number.POSITIVE_INFINITY)
  if (
    isBehind ||
    (first * aacFrameSamples) / sampleRate > payload.durationSeconds + lateSoundSeconds
  ) {
    throw new ReelmillError('segment_refused', `Segment ${number} lies after the end.`)
  }
  const framesAtLeast = countFramesAtLeast(payload.durationSeconds, sampleRate)
  const isLast = payload.segmentsAtMost === undefined && end >= framesAtLeast
  return inspectAudioSegment(bytes, {
    init,
    baseDecodeTime: first * aacFrameSamples,
    frameTicks: aacFrameSamples,
    samples: end - first,
    ...(isLast ? { fewest: Math.max(1, framesAtLeast - first) } : {}),
    maxBytes: limitBytes(bitRateBps, seconds),
  })
}

/** The most bytes that so many seconds at that rate may take, with room. */
export function limitBytes(bitsPerSecond: number, seconds: number): number {
  return Math.max(leastSizeLimitBytes, (bitsPerSecond / 8) * seconds * sizeSlack)
}
