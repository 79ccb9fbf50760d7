import type { Rational } from '#media/rational.ts'

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
