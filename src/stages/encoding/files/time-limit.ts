import { toNumber } from '#media/rational.ts'
import type { FileInput } from './open-input.ts'

const baseMs = 120_000
/** Pixels that the slowest machine we expect decodes and encodes in a second. */
const slowestPixelsPerSecond = 1_000_000
/** A decoder and encoder of sound slower than this share of real time hangs. */
const slowestShareOfRealTime = 0.5
/** A timer holds 31 bits of milliseconds. */
const longestMs = 2 ** 31 - 1

/** What is written: pixels of a picture (0: sound alone), and how many pictures a second. */
export interface Written {
  readonly pixels: number
  readonly fps: number
  readonly seconds: number
}

/**
 * The longest that reading these inputs and writing that may take, in milliseconds: it follows from
 * the pixels and the sound, with so much room that only a process that hangs reaches it.
 */
export function estimateFileLimitMs(inputs: readonly FileInput[], written: Written): number {
  const read = written.pixels === 0 ? 0 : inputs.reduce((sum, input) => sum + countPixels(input), 0)
  const pixels = read + written.pixels * written.fps * written.seconds
  const seconds = inputs.reduce((sum, { media }) => sum + media.durationSeconds, written.seconds)
  const ms = (1000 * pixels) / slowestPixelsPerSecond + (1000 * seconds) / slowestShareOfRealTime
  return Math.round(Math.min(longestMs, baseMs + ms))
}

function countPixels({ media }: FileInput): number {
  const { video, durationSeconds } = media
  if (!video) return 0
  const pictures = Math.max(video.packets, durationSeconds * toNumber(video.frameRate))
  return pictures * video.codedWidth * video.codedHeight
}
