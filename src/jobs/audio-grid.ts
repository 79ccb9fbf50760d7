import { type Rational, toNumber } from '#media/rational.ts'

/** Samples in a coded frame of AAC; also what ffmpeg's encoder puts before the sound. */
export const aacFrameSamples = 1024

/**
 * Where segments of sound end: at the coded frame nearest to the end of the video's segment, as it
 * is presented. The priming at the start is not heard, so every end lies that much later.
 *
 * @returns the coded frames that lie before segment `number`.
 */
export function countFramesBefore(
  number: number,
  segmentSeconds: Rational,
  sampleRate: number,
): number {
  if (number === 0) return 0
  const [numerator, denominator] = segmentSeconds
  const samples = (number * numerator * sampleRate) / denominator + aacFrameSamples
  return Math.round(samples / aacFrameSamples)
}

/**
 * Coded frames that a track of sound has at least: those of its whole length, which is known to the
 * sample, and that of the priming, less one, for an encoder may leave out an end of less than a frame.
 */
export function countFramesAtLeast(durationSeconds: number, sampleRate: number): number {
  return Math.ceil(Math.round(durationSeconds * sampleRate) / aacFrameSamples)
}

/** Segments that a track of sound has at least. */
export function countSegmentsAtLeast(
  durationSeconds: number,
  segmentSeconds: Rational,
  sampleRate: number,
): number {
  const frames = countFramesAtLeast(durationSeconds, sampleRate)
  let segments = Math.max(1, Math.floor(durationSeconds / toNumber(segmentSeconds)))
  while (countFramesBefore(segments, segmentSeconds, sampleRate) < frames) segments += 1
  return segments
}
