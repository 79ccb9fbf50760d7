import type { AudioRendition, Grid, PictureTreatment, VideoRendition } from '#jobs/payload.ts'
import type { WholeFilePlan } from './whole-files/plan.ts'

/** All that will be done for a version: a value, computed from values, kept in its row. */
export type Plan = ChunkPlan | WholeFilePlan

/** A video that is cut into chunks, whose segments are joined to CMAF tracks. */
export interface ChunkPlan {
  readonly kind: 'chunks'
  readonly profile: string
  /** null when the source has no pictures. */
  readonly grid: Grid | null
  readonly picture: PictureTreatment | null
  /** From the largest to the smallest. */
  readonly video: readonly VideoRendition[]
  readonly audio: readonly AudioRendition[]
  /** Empty where every rendition is made of pieces. */
  readonly chunks: readonly Chunk[]
  /** Why nothing is handed out to runners of whole files, where there are any. */
  readonly piecesRefused?: string
  /** What came back of pieces could not be joined: from then on the video is of chunks alone. */
  readonly piecesUnfit?: string
  /** Why the server makes the pictures of every piece, where only runners of whole files are there. */
  readonly piecesRendered?: string
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

/** A plan as a row keeps it: those written before there were two kinds are of chunks, and do not say so. */
export type KeptPlan = Plan | (Omit<ChunkPlan, 'kind'> & { readonly kind?: undefined })

/** The plan of a row. */
export function readPlan(kept: KeptPlan): Plan {
  return kept.kind === undefined ? { ...kept, kind: 'chunks' } : kept
}
