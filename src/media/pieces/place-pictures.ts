import { chooseTicksPerSecond } from '../grid-clock.ts'
import type { Rational } from '../rational.ts'

/** A coded picture of a source, as its container describes it. */
export interface SourcePicture {
  /** Presentation time on the source's own clock. */
  readonly pts: number
  readonly bytes: number
  readonly isKey: boolean
  /** Decoded and not shown, by the source's own edit list. */
  readonly isDiscarded: boolean
}

/** A run of frames of the output's grid, and how the source's clock lies to it. */
export interface FrameSpan {
  readonly frameRate: Rational
  readonly originSeconds: number
  readonly firstFrame: number
  readonly frames: number
}

/** Frame of the grid, counted from the span's first, that each picture would be shown at. */
export function toFrame(pts: number, timeBase: Rational, span: FrameSpan): number {
  const [numerator, denominator] = span.frameRate
  const ticksPerSecond = chooseTicksPerSecond(span.frameRate)
  const ticks = rescale(BigInt(pts), timeBase[0] * ticksPerSecond, timeBase[1])
  const origin = Math.round(span.originSeconds * ticksPerSecond)
  const start = origin + (span.firstFrame * denominator * ticksPerSecond) / numerator
  return Number(rescale(ticks - BigInt(start), numerator, denominator * ticksPerSecond))
}

/** value × numerator ÷ denominator, to the nearest, halves away from zero: as ffmpeg's filters. */
function rescale(value: bigint, numerator: number, denominator: number): bigint {
  const product = value * BigInt(numerator)
  const divisor = BigInt(denominator)
  const half = divisor / 2n
  return product < 0n ? -((-product + half) / divisor) : (product + half) / divisor
}

/**
 * Which picture each frame of the span shows, the pictures given in the order of decoding: what
 * ffmpeg's filter `fps` does with a fixed start and rounding to the nearest. Of several pictures for
 * one frame the last is shown; a frame without one holds the picture before it, and at the start of
 * a source the picture after it.
 *
 * @returns per frame the index of its picture, and -1 everywhere when there is none.
 */
export function placePictures(
  pictures: readonly SourcePicture[],
  timeBase: Rational,
  span: FrameSpan,
): number[] {
  const shown = pictures
    .map((picture, index) => ({ index, picture, frame: toFrame(picture.pts, timeBase, span) }))
    .filter(({ picture }) => !picture.isDiscarded)
    .toSorted((a, b) => a.picture.pts - b.picture.pts)
  let next = 0
  let current = shown[0]?.index ?? -1
  return Array.from({ length: span.frames }, (_, frame) => {
    for (let found = shown[next]; found && found.frame <= frame; found = shown[++next]) {
      current = found.index
    }
    return current
  })
}
