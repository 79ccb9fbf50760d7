import { ReelmillError } from '#errors/reelmill-error.ts'
import { aacFrameSamples } from '#jobs/audio-grid.ts'
import type { JobPayload } from '#jobs/payload.ts'
import type { ExpectedInit } from '#media/boxes/inspect-init.ts'

/** What was ordered of a track's init segment, and its language where it has one. */
export function expectInit(
  payload: JobPayload,
  track: string,
): ExpectedInit & { readonly language?: string } {
  if (payload.type === 'vod-audio-encoding') {
    const rendition = findRendition(payload.renditions, track)
    const { codec, channels, sampleRate, language } = rendition
    const leadTicks = aacFrameSamples
    return { codec, channels, sampleRate, timescale: sampleRate, leadTicks, language }
  }
  const { codec, width, height, encoder } = findRendition(payload.renditions, track)
  const { timescale, frameTicks } = payload.grid
  return { codec, width, height, timescale, leadTicks: encoder.reorderFrames * frameTicks }
}

/** The rendition of that name; a job that does not have it may not hand it in. */
export function findRendition<R extends { readonly name: string }>(
  renditions: readonly R[],
  track: string,
): R {
  const rendition = renditions.find(({ name }) => name === track)
  if (rendition) return rendition
  throw new ReelmillError('segment_refused', `This job has no track "${track}".`)
}
