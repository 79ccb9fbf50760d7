import type { MediaInfo } from '#media/probe/media-info.ts'
import { toNumber } from '#media/rational.ts'
import type { Size } from '../size.ts'
import type { WholeFileOptions } from './options.ts'

/** What the files of a plan are made of: the source, or the still film that its sound becomes first. */
export interface Film {
  /** Pixels as shown. */
  readonly size: Size
  readonly fps: number
  readonly hasAudio: boolean
  /** The source has no pictures: a job merges its sound with a still one first. */
  readonly isMerged: boolean
}

/**
 * PeerTube's resolution of sound with a still picture (runner protocol 6.2). The picture that is
 * handed out must have it: stock runners keep the size of the picture, whatever was ordered.
 */
export const mergedSize: Size = { width: 854, height: 480 }

/** null: there are no pictures, and the rules want the sound alone (D-44). */
export function describeFilm(media: MediaInfo, options: WholeFileOptions): Film | null {
  if (media.video) {
    const { width, height, frameRate } = media.video
    const hasAudio = media.audio.length > 0
    return { size: { width, height }, fps: toNumber(frameRate), hasAudio, isMerged: false }
  }
  if (options.rules === 'marsha') return null
  return { size: mergedSize, fps: options.frameRates.audioMerge, hasAudio: true, isMerged: true }
}
