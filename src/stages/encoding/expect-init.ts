import { ReelmillError } from '#errors/reelmill-error.ts'
import { aacFrameSamples } from '#jobs/audio-grid.ts'
import type { JobPayload } from '#jobs/payload.ts'
import type { ExpectedInit } from '#media/boxes/inspect-init.ts'
import type { InitOptions } from '#media/boxes/write-init.ts'
import { reduce } from '#media/rational.ts'

/** Of the only track; ffmpeg's is this, and one that differs would shut all others out. */
const trackId = 1

/** What was ordered of a track's init segment. */
export function expectInit(payload: JobPayload, track: string): ExpectedInit {
  const { leadTicks } = describeInit(payload, track)
  if (payload.type === 'vod-audio-encoding') {
    const { codec, channels, sampleRate } = findRendition(payload.renditions, track)
    return { codec, trackId, channels, sampleRate, timescale: sampleRate, leadTicks }
  }
  const { codec, width, height } = findRendition(payload.renditions, track)
  return { codec, trackId, width, height, timescale: payload.grid.timescale, leadTicks }
}

/** What is written into the init segment of a track, whatever its encoder says of that. */
export function describeInit(
  payload: JobPayload,
  track: string,
): InitOptions & { readonly leadTicks: number } {
  if (payload.type === 'vod-audio-encoding') {
    const { language } = findRendition(payload.renditions, track)
    return { leadTicks: aacFrameSamples, language }
  }
  const { grid, picture, renditions } = payload
  const { width, height, encoder } = findRendition(renditions, track)
  // Its pixels are square (picture-filters.ts); those of a size that was rounded to even are not.
  const largest = picture.scales[0] ?? { width, height }
  const pixelAspect = reduce([largest.width * height, largest.height * width])
  const look = { color: picture.color, pixelAspect }
  return { leadTicks: encoder.reorderFrames * grid.frameTicks, look }
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
