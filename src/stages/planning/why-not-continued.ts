import { isDeepStrictEqual } from 'node:util'
import { countSegments } from './chunks.ts'
import type { ChunkPlan, EarlyPlan, ReadSource } from './plan.ts'

/**
 * Whether what was given out under one plan is also a part of a later one that knows more of the same
 * source: the same pictures at the same places, encoded alike, and read in the same way. Only counts
 * may differ. null when it is; else what differs, in a few words.
 *
 * @param source - how the jobs of the later plan read.
 */
export function whyNotContinued(
  before: EarlyPlan,
  later: ChunkPlan,
  source: ReadSource,
): string | null {
  const pairs = {
    'the way to read the source': [before.early.source, source],
    'the frame grid': [shapeOf(before), shapeOf(later)],
    'the treatment of pictures': [before.picture, later.picture],
    'the video renditions': [before.video, later.video],
    'the audio renditions': [before.audio, later.audio],
    'the loudness': [before.normalizeLoudness, later.normalizeLoudness],
  }
  const differing = Object.entries(pairs).find(([, [a, b]]) => !isDeepStrictEqual(a, b))
  if (differing) return `${differing[0]} changed`
  return hasRoom(before, later) ? null : 'the source ends before what was taken for its middle'
}

/** What of a grid every segment depends on. */
function shapeOf({ grid }: ChunkPlan) {
  if (!grid) return null
  const { frameRate, gopFrames, segmentFrames, timescale, frameTicks } = grid
  return { frameRate, gopFrames, segmentFrames, timescale, frameTicks }
}

/** Behind the chunks, tails included, there is a segment left that begins with a picture of its own. */
function hasRoom({ chunks }: ChunkPlan, { grid }: ChunkPlan): boolean {
  const last = chunks.at(-1)
  if (!grid || grid.frames === null || !last || last.frames === null) return false
  const pictures = grid.frames - grid.heldFrames
  const lookedAt = last.firstFrame + last.frames + last.tailFrames
  return lookedAt <= pictures && countSegments(grid, chunks) * grid.segmentFrames < pictures
}
