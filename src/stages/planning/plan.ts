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
  /** False where the opening is no work of its own; plans that hurry do not say so. */
  readonly playableEarly?: false
  /** Whether small pictures of the whole video are made; plans of older profiles do not say so. */
  readonly storyboard?: boolean
  /** The renditions that are also made files to download; absent: none. */
  readonly mp4?: readonly string[]
  readonly segmentSeconds: number
  readonly normalizeLoudness: boolean
  /** Present while the source is still arriving: then `chunks` are those that were given out. */
  readonly early?: EarlyWork
}

/** A plan of a source that is still arriving. */
export type EarlyPlan = ChunkPlan & { readonly early: EarlyWork }

/** True while the plan knows only the beginning of its source. */
export function isEarlyPlan(plan: Plan): plan is EarlyPlan {
  return plan.kind === 'chunks' && plan.early !== undefined
}

/** What was given out of a source that is not there as a whole. */
export interface EarlyWork {
  /** Of the source, when it was looked at. */
  readonly arrivedBytes: number
  /** Whole segments of sound that were ordered, from the first on. */
  readonly soundSegments: number
  /** How the jobs read it. */
  readonly source: ReadSource
  /** Of the last copy in which what had arrived was read; absent where the source itself is. */
  readonly copyKey?: string
  /** Why no more is given out. */
  readonly stopped?: string
}

/** What of a source is in all jobs of a plan. */
export interface ReadSource {
  readonly demuxer: string
  readonly originSeconds: number
  readonly videoStream: number | null
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
