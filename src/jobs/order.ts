import type { JobPayload } from './payload.ts'

/** Segments that must be there before a job counts as done: `count` from number `first` on. */
export interface OrderedSegments {
  readonly track: string
  readonly first: number
  readonly count: number
}

/**
 * What a job ordered. Where only decoding tells how much there is (whole audio tracks, a chunk that
 * runs to the end of a source whose frames cannot be counted), the runner's own count is taken;
 * a track that it does not count is asked for one segment, so that nothing passes as nothing.
 */
export function listOrderedSegments(
  payload: JobPayload,
  reported: Readonly<Record<string, number>>,
): OrderedSegments[] {
  const count = (track: string) => Math.max(1, reported[track] ?? 0)
  if (payload.type === 'vod-audio-encoding') {
    return payload.renditions.map(({ name }) => ({ track: name, first: 0, count: count(name) }))
  }
  const { firstFrame, frames } = payload.chunk
  const { segmentFrames } = payload.grid
  return payload.renditions.map(({ name }) => ({
    track: name,
    first: firstFrame / segmentFrames,
    count: frames === null ? count(name) : Math.ceil(frames / segmentFrames),
  }))
}
