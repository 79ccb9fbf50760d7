import type { Site } from '#config/site-settings.ts'
import { catalogue } from '#errors/catalogue.ts'
import type { ErrorRecord } from '#errors/reelmill-error.ts'
import type { VideoView } from './video-view.ts'

/**
 * A video as those see it who may watch it but not change it: what was noted down of it, what its
 * file was called and holds, what it cost, how it is encoded and why exactly it failed are its
 * owner's business. Fields stay, empty, so that there is one shape for all.
 */
export function toSpectatorView(video: VideoView): VideoView {
  const { error, source, renditions } = video
  return {
    ...video,
    ...(error ? { error: toSpectatorError(error) } : {}),
    source: { filename: null, sizeBytes: null, ...durationOf(source) },
    renditions: renditions.map((rendition) => ({ ...rendition, encoder: null })),
    cost: { cpuSeconds: 0, wallSeconds: 0, peakMemoryBytes: 0 },
    metadata: {},
    webhookUrl: null,
    externalId: null,
  }
}

/** The same for somebody who is not known: whose it is only a public site tells. */
export function toStrangerView(video: VideoView, site: Site): VideoView {
  const people = site === 'public' ? {} : { ownerId: null, owner: null }
  return { ...toSpectatorView(video), ...people }
}

/**
 * With the sentence of its code: the message may be what a runner said, in its own words, or tell of
 * what is in the file.
 */
function toSpectatorError({ code }: ErrorRecord): ErrorRecord {
  // A row that another release wrote may hold a code that this one does not know.
  const known = Object.hasOwn(catalogue, code) ? code : 'internal'
  return { code, message: catalogue[known].sentence }
}

function durationOf({ durationSeconds }: VideoView['source']) {
  return durationSeconds === undefined ? {} : { durationSeconds }
}
