import type { Grid } from '#jobs/payload.ts'
import { toNumber } from '#media/rational.ts'
import type { MappedChunk } from './chunk-map.ts'

/** What of a plan of chunks the map is drawn from. */
export interface MappedPlan {
  readonly grid: Grid | null
  readonly chunks: readonly { readonly firstFrame: number; readonly frames: number | null }[]
  readonly video: readonly {
    readonly name: string
    readonly width: number
    readonly height: number
  }[]
  readonly audio: readonly { readonly name: string }[]
}

/** A chunk without what is done of it. */
export type ChunkPlace = Omit<MappedChunk, 'done' | 'jobs'>

/**
 * The chunks of a plan on the timeline. Where every rendition is made of pieces there are none, and a
 * segment is what is encoded by itself.
 */
export function layOutChunks({ grid, chunks }: Pick<MappedPlan, 'grid' | 'chunks'>): ChunkPlace[] {
  if (!grid) return []
  const parts = chunks.length > 0 ? chunks : segmentsOf(grid)
  const rate = toNumber(grid.frameRate)
  return parts.map(({ firstFrame, frames }, index) => ({
    index,
    firstFrame,
    lastFrame: frames === null ? null : firstFrame + frames - 1,
    startSeconds: firstFrame / rate,
    endSeconds: frames === null ? null : (firstFrame + frames) / rate,
    firstSegment: Math.floor(firstFrame / grid.segmentFrames),
    segments: frames === null ? null : Math.ceil(frames / grid.segmentFrames),
  }))
}

function segmentsOf({ frames, segmentFrames }: Grid): MappedPlan['chunks'] {
  const all = frames ?? 0
  return Array.from({ length: Math.ceil(all / segmentFrames) }, (_, number) => ({
    firstFrame: number * segmentFrames,
    frames: Math.min(segmentFrames, all - number * segmentFrames),
  }))
}

/** Place in the list of the chunk that holds a frame: the last that begins at or before it. */
export function findChunk(chunks: readonly ChunkPlace[], frame: number): number {
  let [low, high] = [0, chunks.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((chunks[middle]?.firstFrame ?? 0) <= frame) low = middle + 1
    else high = middle
  }
  return low - 1
}
