import type { ChunkProfile } from '#stages/planning/profile.ts'

/** A way of cutting the timeline. */
export interface Cutting {
  readonly name: string
  readonly gopSeconds: number
  readonly segmentSeconds: number
  readonly chunkSecondsMax: number
}

/** Longer than any source: nothing but the opening is cut off. */
const wholeSeconds = 100_000

/** For real clips: the usual grid in several chunk lengths, and other grids. */
export const usualCuttings: readonly Cutting[] = [
  { name: 'whole', gopSeconds: 2, segmentSeconds: 6, chunkSecondsMax: wholeSeconds },
  { name: 'chunk-6', gopSeconds: 2, segmentSeconds: 6, chunkSecondsMax: 6 },
  { name: 'chunk-12', gopSeconds: 2, segmentSeconds: 6, chunkSecondsMax: 12 },
  { name: 'chunk-20', gopSeconds: 2, segmentSeconds: 4, chunkSecondsMax: 20 },
  { name: 'chunk-1', gopSeconds: 0.5, segmentSeconds: 1, chunkSecondsMax: 1 },
  { name: 'chunk-3', gopSeconds: 1, segmentSeconds: 1, chunkSecondsMax: 3 },
]

/** For generated clips of some seconds. */
export const shortCuttings: readonly Cutting[] = [
  { name: 'whole', gopSeconds: 1, segmentSeconds: 1, chunkSecondsMax: wholeSeconds },
  { name: 'chunk-1', gopSeconds: 0.5, segmentSeconds: 1, chunkSecondsMax: 1 },
  { name: 'chunk-2', gopSeconds: 0.4, segmentSeconds: 0.8, chunkSecondsMax: 2 },
]

/** Keeps every bit of two sizes of the picture, cut like that. */
export function makeLosslessProfile(cutting: Cutting, heights: readonly number[]): ChunkProfile {
  return {
    ...cutting,
    name: `lossless-${cutting.name}`,
    lossless: true,
    video: heights.map((height) => ({
      height,
      crf: 0,
      maxrateKbps: 100_000,
      preset: 'ultrafast',
    })),
  }
}
