import type { Grid } from '#jobs/payload.ts'
import { findLastPictureSegment } from '#jobs/video-grid.ts'
import {
  type ChunkWishes,
  chooseLength,
  countSegments,
  countTailFrames,
  makeChunk,
  measureLongest,
} from './chunks.ts'
import type { Chunk } from './plan.ts'

/**
 * Cuts what has arrived of the timeline, behind the chunks that were given out already, into chunks
 * of whole segments, with the frames behind each that its encoder looks at. The last segment that has
 * a picture of its own is not among them: what comes behind that belongs to the same chunk.
 *
 * @param arrivedFrames - how many frames of the grid can be made of what has arrived.
 */
export function cutArrivedChunks(
  grid: Grid,
  wishes: ChunkWishes,
  given: readonly Chunk[],
  arrivedFrames: number,
): Chunk[] {
  if (grid.frames === null) return []
  const last = findLastPictureSegment(grid, grid.frames)
  const whole = Math.floor((arrivedFrames - countTailFrames(grid)) / grid.segmentFrames)
  const end = Math.min(last, whole)
  const longest = measureLongest(grid, wishes)
  const chunks: Chunk[] = []
  for (let segment = countSegments(grid, given); segment < end; ) {
    const index = given.length + chunks.length
    const length = chooseLength(end - segment, index, wishes, longest)
    chunks.push(makeChunk(grid, grid.frames, segment, length))
    segment += length
  }
  return chunks
}
