import type { AudioRendition, Grid, VideoRendition } from '#jobs/payload.ts'

/** What of a plan of chunks people are shown; the planning stage writes more into the row. */
export interface PlanFacts {
  /** null when the source has no pictures. */
  readonly grid: Pick<Grid, 'frameRate' | 'frames' | 'gopFrames'> | null
  readonly video: readonly VideoRendition[]
  readonly audio: readonly AudioRendition[]
}

/** The same of a version whose renditions are whole files. */
export interface FilePlanFacts {
  readonly renditions: readonly FileFacts[]
}

/** One file of a plan. */
export interface FileFacts {
  readonly name: string
  /** Pixels as shown; null where there are none, or nobody knows yet. */
  readonly width: number | null
  readonly height: number | null
  readonly fps: number
  readonly hasVideo: boolean
  readonly hasAudio: boolean
}
