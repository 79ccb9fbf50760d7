import type { Grid } from '#jobs/payload.ts'
import { findLastPictureSegment } from '#jobs/video-grid.ts'
import type { Chunk } from './plan.ts'

export interface ChunkWishes {
  /** Chunks that runners may encode at once, at least 1. */
  readonly slots: number
  readonly chunkSecondsMax: number
  /** Whether something is to be playable long before the end. */
  readonly playableEarly: boolean
  /** Segments that must belong to the first chunk, for no seek leads to where they begin. Default 1. */
  readonly firstSegments?: number
}

/**
 * Cuts the timeline into chunks of whole segments. The first is one segment, so that something can
 * be played soon. A single slot then gets the longest there may be: its runner hands segments in as
 * they come and should not pay for parallelism that it does not have. With more, the next ones
 * triple, so that the beginning is there early, and towards the end they shrink to a share of what
 * is left for each slot, so that all finish together. Where nobody plays early there is only the
 * last of these.
 *
 * Each chunk costs as much as an eighth of a segment for its start, its seek and its tail; each slot
 * waits at the end for up to a chunk. Simulated with that, for 2 to 8 slots, runners as fast as each
 * other or up to three times, and segments that differ by a third: doubling, and half a slot's
 * share, loses up to 2 % more in films of minutes; a whole share loses more where runners differ.
 *
 * @param given - chunks that were given out before, from the beginning on, and stay as they are.
 */
export function planChunks(
  grid: Grid,
  wishes: ChunkWishes,
  given: readonly Chunk[] = [],
): readonly Chunk[] {
  if (grid.frames === null) return [{ firstFrame: 0, frames: null, tailFrames: 0 }]
  const total = Math.ceil(grid.frames / grid.segmentFrames)
  const lastStart = findLastPictureSegment(grid, grid.frames)
  const longest = measureLongest(grid, wishes)
  const chunks = [...given]
  for (let segment = countSegments(grid, given); segment < total; ) {
    const least = chunks.length === 0 ? (wishes.firstSegments ?? 1) : 1
    const wanted = Math.max(least, chooseLength(total - segment, chunks.length, wishes, longest))
    const length = segment + wanted > lastStart ? total - segment : wanted
    chunks.push(makeChunk(grid, grid.frames, segment, length))
    segment += length
  }
  return chunks
}

/** Segments in a row of chunks of known length, from the beginning of the timeline. */
export function countSegments({ segmentFrames }: Grid, chunks: readonly Chunk[]): number {
  const last = chunks.at(-1)
  return last ? Math.ceil((last.firstFrame + (last.frames ?? 0)) / segmentFrames) : 0
}

/** Segments of the longest chunk that may be. */
export function measureLongest(grid: Grid, { chunkSecondsMax }: ChunkWishes): number {
  return Math.max(1, Math.floor(secondsToSegments(grid, chunkSecondsMax)))
}

/** Segments of the next chunk, when `left` are left and `index` chunks were cut already. */
export function chooseLength(
  left: number,
  index: number,
  { slots, playableEarly }: ChunkWishes,
  longest: number,
): number {
  if (index === 0 && playableEarly) return 1
  const growing = slots === 1 || !playableEarly ? left : 3 ** Math.ceil(index / slots)
  // Two thirds of each slot's share of what is left; a single one takes it all.
  const share = slots === 1 ? left : Math.ceil(left / (1.5 * slots))
  const wanted = Math.min(left, growing, share, longest)
  // For a single slot a rest of one segment would cost a decoder start and a tail for nothing.
  return slots === 1 && left - wanted === 1 ? left : wanted
}

/** The chunk of so many segments from that one on, with its tail. */
export function makeChunk(grid: Grid, frames: number, segment: number, segments: number): Chunk {
  const firstFrame = segment * grid.segmentFrames
  const endFrame = Math.min(frames, firstFrame + segments * grid.segmentFrames)
  return {
    firstFrame,
    frames: endFrame - firstFrame,
    tailFrames: Math.min(frames - endFrame, countTailFrames(grid)),
  }
}

/**
 * Frames that are encoded past the end of a chunk and thrown away, because an encoder without
 * look-ahead starves its last frames. Measured (x264 fast and medium, 6 s chunks, GOP of 48): the
 * worst frame loses 3 VMAF without a tail, nothing with 4 frames; the mean is within 0.04 of a
 * whole GOP's with 4, within 0.03 with 12. So a sixth of a GOP.
 */
export function countTailFrames(grid: Grid): number {
  return Math.ceil(grid.gopFrames / 6)
}

function secondsToSegments(grid: Grid, seconds: number): number {
  return (seconds * grid.frameRate[0]) / grid.frameRate[1] / grid.segmentFrames
}
