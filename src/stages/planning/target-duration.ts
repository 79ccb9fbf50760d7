import type { ChunkPlan } from './plan.ts'

/** Segments of sound end at a coded frame, up to half of one after the video's. */
const audioSlackSeconds = 0.02

/**
 * EXT-X-TARGETDURATION of every playlist of a version, in whole seconds: fixed by the plan, since a
 * playlist that grows may not change it (RFC 8216 section 6.2.1), and the same for pictures and
 * sound (Apple's rule 8.2).
 */
export function chooseTargetDuration(plan: ChunkPlan): number {
  return Math.max(1, Math.round(measureSegment(plan) + audioSlackSeconds))
}

/** Seconds of a whole segment: of pictures exactly, of sound nearest to it. */
export function measureSegment({ grid, segmentSeconds }: ChunkPlan): number {
  return grid ? (grid.segmentFrames * grid.frameTicks) / grid.timescale : segmentSeconds
}
