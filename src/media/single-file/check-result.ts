import type { ProbedResult } from './probe-result.ts'

/** What was ordered of a whole file, and what the source has of it. */
export interface ExpectedFile {
  /** Short side in pixels as shown; 0: sound alone. */
  readonly resolution: number
  /** Pixels as shown; null: whatever shape comes of it. */
  readonly width: number | null
  readonly height: number | null
  readonly fps: number
  readonly hasVideo: boolean
  readonly hasAudio: boolean
  /** How long the source is. */
  readonly durationSeconds: number
  /** Seconds by which it may be longer than that. Default: 0. */
  readonly longerAtMostSeconds?: number
  /** Seconds by which it may be shorter, because what it holds of the source is. Default: 0. */
  readonly shorterAtMostSeconds?: number
}

/**
 * A result is at most this much shorter or longer than the source, and two frames: what encoders
 * add and round. A download that broke off misses more (D-104).
 */
const toleranceSeconds = 1
/** The long side may be rounded, or follow a pixel aspect that was rounded. */
const aspectTolerance = 0.02

/**
 * What is wrong with a result, in words; nothing when it is what was ordered. Only what was found in
 * the file counts, never what the runner says of it (runner protocol 2.1).
 */
export function checkWholeFileResult(expected: ExpectedFile, probed: ProbedResult): string[] {
  return [
    ...checkStreams(expected, probed),
    ...checkPictures(expected, probed),
    ...checkSound(expected, probed),
    ...checkLength(expected, probed),
  ]
}

function* checkStreams(expected: ExpectedFile, probed: ProbedResult) {
  if (expected.hasVideo && !probed.video) yield 'It has no pictures.'
  if (expected.hasAudio && !probed.audio) yield 'It has no sound.'
  if (probed.videoStreams > (expected.hasVideo ? 1 : 0)) yield 'It has pictures too many.'
  if (probed.audioStreams > (expected.hasAudio ? 1 : 0)) yield 'It has sound too much.'
}

/** Pixel formats of H.264 that every player decodes. */
const playable: ReadonlySet<string> = new Set(['yuv420p', 'yuvj420p'])

function* checkPictures(expected: ExpectedFile, { video, resolution }: ProbedResult) {
  if (!video || !expected.hasVideo) return
  if (video.codec !== 'h264') yield `Its pictures are ${video.codec}, not H.264.`
  if (!playable.has(video.pixelFormat ?? '')) yield `Its pictures are in ${video.pixelFormat}.`
  if (resolution !== expected.resolution) {
    yield `Its short side has ${resolution} pixels, not ${expected.resolution}.`
  } else if (!isShaped(expected, video)) {
    yield `It has ${video.width}×${video.height} pixels, not ${expected.width}×${expected.height}.`
  }
  // Half or one and a half times as many: no rounding, another rate.
  const isRate = video.fps >= expected.fps / 2 - 0.5 && video.fps <= expected.fps * 1.5 + 0.5
  if (!isRate) yield `It has ${video.fps.toFixed(3)} frames a second, not ${expected.fps}.`
}

function isShaped(
  { width, height }: ExpectedFile,
  found: { readonly width: number; readonly height: number },
): boolean {
  if (width === null || height === null) return true
  const isNear = (a: number, b: number) => Math.abs(a - b) <= 2 + b * aspectTolerance
  return isNear(found.width, width) && isNear(found.height, height)
}

function* checkSound(expected: ExpectedFile, { audio }: ProbedResult) {
  if (!audio || !expected.hasAudio) return
  if (audio.codec !== 'aac') yield `Its sound is ${audio.codec}, not AAC.`
}

function* checkLength(expected: ExpectedFile, { durationSeconds: found, video }: ProbedResult) {
  const frameSeconds = video && video.fps > 0 ? 1 / video.fps : 0
  const tolerance = toleranceSeconds + 2 * frameSeconds
  const { durationSeconds, longerAtMostSeconds = 0, shorterAtMostSeconds = 0 } = expected
  const longer = found - durationSeconds
  const isShort = longer < -tolerance - shorterAtMostSeconds
  if (!isShort && longer <= tolerance + longerAtMostSeconds) return
  yield `It lasts ${found.toFixed(3)} seconds, the source ${durationSeconds.toFixed(3)}.`
}
