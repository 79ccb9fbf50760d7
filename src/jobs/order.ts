import { countSegmentsAtLeast } from './audio-grid.ts'
import type { JobPayload } from './payload.ts'

/** Segments that must be there before a job counts as done: `count` from number `first` on. */
export interface OrderedSegments {
  readonly track: string
  readonly first: number
  readonly count: number
}

/**
 * What a job ordered. Where only decoding tells how much there is (a chunk that runs to the end of a
 * source whose frames cannot be counted), the runner's own count is taken; a track that it does not
 * count is asked for one segment, so that nothing passes as nothing. Sound is made as long as the order
 * says, so all of its segments are asked for; only of one with next to nothing in it the runner's count
 * tells whether it is there.
 */
export function listOrderedSegments(
  payload: JobPayload,
  reported: Readonly<Record<string, number>>,
): OrderedSegments[] {
  const count = (track: string) => Math.max(1, reported[track] ?? 0)
  if (payload.type === 'vod-audio-encoding') {
    const { durationSeconds, segmentSeconds } = payload
    const most = payload.segmentsAtMost ?? Number.POSITIVE_INFINITY
    return payload.renditions.map(({ name, sampleRate }) => {
      const least = countSegmentsAtLeast(durationSeconds, segmentSeconds, sampleRate)
      return { track: name, first: 0, count: Math.min(most, Math.max(least, count(name))) }
    })
  }
  const { firstFrame, frames } = payload.chunk
  const { segmentFrames } = payload.grid
  return payload.renditions.map(({ name }) => ({
    track: name,
    first: firstFrame / segmentFrames,
    count: frames === null ? count(name) : Math.ceil(frames / segmentFrames),
  }))
}
