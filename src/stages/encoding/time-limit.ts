import type { ChunkPayload } from '#jobs/payload.ts'

const baseMs = 120_000
/** Pixels that the slowest machine we expect encodes in a second, all renditions together. */
const slowestPixelsPerSecond = 1_000_000
/** A chunk whose frames are not known beforehand may be as long as a film. */
const unknownFrames = 24 * 3600 * 30

/**
 * The longest that a chunk may take, in milliseconds: it follows from the pixels that come in and
 * go out, with so much room that only a process that hangs reaches it.
 */
export function estimateLimitMs({ chunk, picture, renditions }: ChunkPayload): number {
  const frames = chunk.frames === null ? unknownFrames : chunk.frames + chunk.tailFrames
  const pixels = renditions.reduce(
    (sum, { width, height }) => sum + width * height,
    picture.sourceWidth * picture.sourceHeight,
  )
  // A timer holds 31 bits of milliseconds.
  return Math.min(2 ** 31 - 1, baseMs + (frames * pixels * 1000) / slowestPixelsPerSecond)
}
