import type { Variant } from '../hls/playlist.ts'
import { measureAverageBps, measurePeakBps, type Weight } from '../measure/bit-rates.ts'
import type { MeasuredTrack } from '../measure/facts.ts'
import { measureSeconds } from '../measure/track-times.ts'
import {
  findPlaylist,
  listGroup,
  listMultivariants,
  type MeasuredPlaylist,
  type Output,
} from '../model.ts'

/** The measured rates of a variant: its own segments and the heaviest of each group it takes. */
export interface VariantRates {
  readonly variant: Variant
  /** Sums of the largest peaks and averages of any playable combination, bits per second. */
  readonly peakBps: number
  readonly averageBps: number
  /** False while the playlist still grows. */
  readonly ended: boolean
}

/** The highest and the average bit rate of a run of segments, bits per second. */
export interface Rates {
  readonly peakBps: number
  readonly averageBps: number
}

/** Rates of one media playlist by its segments' sizes and EXTINFs, RFC 8216 section 4.1. */
export function measureRates({ playlist, track }: MeasuredPlaylist): Rates {
  return measureSegmentRates(track, playlist.targetDurationSeconds)
}

/** Rates of a track; without a target duration its longest segment stands for it. */
export function measureSegmentRates(track: MeasuredTrack, targetSeconds: number | null): Rates {
  const measured = measureSeconds(track)
  const weights = track.segments.map(
    ({ bytes, declaredSeconds }, index): Weight => ({
      bytes,
      seconds: declaredSeconds ?? measured[index] ?? 0,
    }),
  )
  const longest = weights.reduce((most, { seconds }) => Math.max(most, seconds), 0)
  return {
    peakBps: measurePeakBps(weights, targetSeconds ?? longest) ?? 0,
    averageBps: measureAverageBps(weights) ?? 0,
  }
}

/** The rates of every variant whose playlist could be read and has segments. */
export function listVariantRates(output: Output): VariantRates[] {
  return listMultivariants(output).flatMap(({ multivariant, presentation }) =>
    multivariant.variants.flatMap((variant) => {
      const own = findPlaylist(presentation, variant)
      if (!own || own.track.segments.length === 0) return []
      const audio = listGroup(multivariant, 'AUDIO', variant.audioGroup)
        .filter(({ address }) => address !== variant.address)
        .flatMap((rendition) => findPlaylist(presentation, rendition) ?? [])
      return [sumRates(variant, own, audio)]
    }),
  )
}

/**
 * Of several sounds a player plays one: beside the pictures, or instead of the variant's own where
 * that is nothing but sound.
 */
function sumRates(
  variant: Variant,
  own: MeasuredPlaylist,
  audio: readonly MeasuredPlaylist[],
): VariantRates {
  const isSound = own.track.streams.every(({ kind }) => kind === 'audio')
  const video = isSound ? { peakBps: 0, averageBps: 0 } : measureRates(own)
  const sounds = (isSound ? [own, ...audio] : audio).map(measureRates)
  return {
    variant,
    peakBps: video.peakBps + Math.max(0, ...sounds.map(({ peakBps }) => peakBps)),
    averageBps: video.averageBps + Math.max(0, ...sounds.map(({ averageBps }) => averageBps)),
    ended: own.playlist.ended,
  }
}
