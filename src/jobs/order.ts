import type { JobPayload } from './payload.ts'

/** Segments that must be there before a job counts as done: `count` from number `first` on. */
export interface OrderedSegments {
  readonly track: string
  readonly first: number
  readonly count: number
}

/**
 * What a job ordered. Where only decoding tells how much there is (the end of a whole audio track, a
 * chunk that runs to the end of a source whose frames cannot be counted), the runner's own count is
 * taken; a track that it does not count is asked for one segment, so that nothing passes as nothing.
 * Sound is made as long as the order says, so all of its whole segments are asked for.
 */
export function listOrderedSegments(
  payload: JobPayload,
  reported: Readonly<Record<string, number>>,
): OrderedSegments[] {
  const count = (track: string) => Math.max(1, reported[track] ?? 0)
  if (payload.type === 'vod-audio-encoding') {
    const [numerator, denominator] = payload.segmentSeconds
    const whole = Math.floor((payload.durationSeconds * denominator) / numerator)
    const most = payload.segmentsAtMost ?? Number.POSITIVE_INFINITY
    return payload.renditions.map(({ name }) => ({
      track: name,
      first: 0,
      count: Math.min(most, Math.max(whole, count(name))),
    }))
  }
  const { firstFrame, frames } = payload.chunk
  const { segmentFrames } = payload.grid
  return payload.renditions.map(({ name }) => ({
    track: name,
    first: firstFrame / segmentFrames,
    count: frames === null ? count(name) : Math.ceil(frames / segmentFrames),
  }))
}
