import type { AudioRendition, Grid, VideoRendition } from '#jobs/payload.ts'

/** What of a version's plan people are shown; the planning stage writes more into the row. */
export interface PlanFacts {
  /** null when the source has no pictures. */
  readonly grid: Pick<Grid, 'frameRate' | 'frames' | 'gopFrames'> | null
  readonly video: readonly VideoRendition[]
  readonly audio: readonly AudioRendition[]
}
