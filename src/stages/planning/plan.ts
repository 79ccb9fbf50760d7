import type { AudioRendition, Grid, PictureTreatment, VideoRendition } from '#jobs/payload.ts'

/** All that will be done for a version: a value, computed from values, kept in its row. */
export interface Plan {
  readonly profile: string
  /** null when the source has no pictures. */
  readonly grid: Grid | null
  readonly picture: PictureTreatment | null
  /** From the largest to the smallest. */
  readonly video: readonly VideoRendition[]
  readonly audio: readonly AudioRendition[]
  readonly chunks: readonly Chunk[]
  readonly segmentSeconds: number
  readonly normalizeLoudness: boolean
}

/** A run of whole segments of the timeline. */
export interface Chunk {
  readonly firstFrame: number
  /** null: to the end of a source whose frames cannot be counted beforehand. */
  readonly frames: number | null
  readonly tailFrames: number
}
