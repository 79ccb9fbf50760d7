import type { Multivariant, Variant } from '../hls/playlist.ts'
import {
  findPlaylist,
  type HlsPresentation,
  listMultivariants,
  listPlaylists,
  type Output,
} from '../model.ts'
import type { Rule } from './rule.ts'

interface VariantPlace {
  readonly variant: Variant
  readonly multivariant: Multivariant
  readonly presentation: HlsPresentation
}

function listVariants(output: Output): VariantPlace[] {
  return listMultivariants(output).flatMap(({ multivariant, presentation }) =>
    multivariant.variants.map((variant) => ({ variant, multivariant, presentation })),
  )
}

function showsVideo({ variant, presentation }: VariantPlace): boolean {
  return findPlaylist(presentation, variant)?.role === 'video'
}

/** Apple 9.1: EXT-X-STREAM-INF has CODECS. I-frame variants too, RFC 8216 section 4.3.4.3. */
const variantsHaveCodecs: Rule = {
  id: '9.1',
  severity: 'error',
  title: 'Every variant has CODECS',
  *find(output) {
    for (const { multivariant } of listMultivariants(output)) {
      for (const { codecs, where } of [...multivariant.variants, ...multivariant.iframeVariants]) {
        if (codecs === null) yield { where, message: 'has no CODECS' }
      }
    }
  },
}

/** Apple 9.2: variants with pictures have RESOLUTION. */
const variantsHaveResolution: Rule = {
  id: '9.2',
  severity: 'error',
  title: 'Every variant with pictures has RESOLUTION',
  *find(output) {
    for (const place of listVariants(output)) {
      const { resolution, where } = place.variant
      if (resolution === null && showsVideo(place)) yield { where, message: 'has no RESOLUTION' }
    }
  },
}

/** Apple 9.5: pictures and sound in segments of their own. */
const soundIsApart: Rule = {
  id: '9.5',
  severity: 'warning',
  title: 'Pictures and sound are in segments of their own',
  *find(output) {
    for (const { playlist, track, role } of listPlaylists(output)) {
      const muxed = track.streams.some(({ kind }) => kind === 'audio')
      if (role === 'video' && muxed) {
        yield { where: playlist.path, message: 'has pictures and sound in the same segments' }
      }
    }
  },
}

/** Apple 9.9: two rates of video at least; a warning, since a small source has but one. */
const thereAreTwoRates: Rule = {
  id: '9.9',
  severity: 'warning',
  title: 'There are at least two video variants of different rates',
  *find(output) {
    for (const { multivariant, presentation } of listMultivariants(output)) {
      const video = multivariant.variants.filter((variant) =>
        showsVideo({ variant, multivariant, presentation }),
      )
      const rates = new Set(video.map(({ bandwidthBps }) => bandwidthBps))
      if (video.length === 0 || rates.size > 1) continue
      yield { where: multivariant.path, message: 'offers video at one rate only' }
    }
  },
}

/** Apple 9.11: EXT-X-INDEPENDENT-SEGMENTS here, or in every video playlist. */
const segmentsAreIndependent: Rule = {
  id: '9.11',
  severity: 'error',
  title: 'EXT-X-INDEPENDENT-SEGMENTS is in the multivariant or in all video playlists',
  *find(output) {
    for (const { multivariant, playlists } of output.hls) {
      if (!multivariant || multivariant.independentSegments) continue
      const video = playlists.filter(({ role }) => role === 'video')
      if (video.every(({ playlist }) => playlist.independentSegments)) continue
      yield { where: multivariant.path, message: 'has no EXT-X-INDEPENDENT-SEGMENTS' }
    }
  },
}

/** Apple 9.14: variants have AVERAGE-BANDWIDTH. */
const variantsHaveAverage: Rule = {
  id: '9.14',
  severity: 'error',
  title: 'Every variant has AVERAGE-BANDWIDTH',
  *find(output) {
    for (const { variant } of listVariants(output)) {
      if (variant.averageBandwidthBps !== null) continue
      yield { where: variant.where, message: 'has no AVERAGE-BANDWIDTH' }
    }
  },
}

/** Apple 9.15: variants with pictures have FRAME-RATE. */
const variantsHaveFrameRate: Rule = {
  id: '9.15',
  severity: 'warning',
  title: 'Every variant with pictures has FRAME-RATE',
  *find(output) {
    for (const place of listVariants(output)) {
      const { frameRate, where } = place.variant
      if (frameRate === null && showsVideo(place)) yield { where, message: 'has no FRAME-RATE' }
    }
  },
}

/** Transfer characteristics of ITU-T H.273 that are HDR: PQ and HLG. */
const HDR_RANGES: Readonly<Record<number, string>> = { 16: 'PQ', 18: 'HLG' }

/** Apple 9.16: VIDEO-RANGE everywhere unless all is SDR, and true. */
const rangesAreDeclared: Rule = {
  id: '9.16',
  severity: 'error',
  title: 'Variants have VIDEO-RANGE unless all of them are SDR',
  *find(output) {
    const places = listVariants(output).filter(showsVideo)
    const ranges = places.map(measureRange)
    if (ranges.every((range) => range === 'SDR')) return
    for (const [index, { variant }] of places.entries()) {
      const [expected, found] = [ranges[index], variant.attributes.get('VIDEO-RANGE')?.value]
      if (expected === undefined || expected === found) continue
      const message = 'has no VIDEO-RANGE, or another than its pictures'
      yield { where: variant.where, message, expected, found: found ?? 'none' }
    }
  },
}

function measureRange({ variant, presentation }: VariantPlace): string {
  const streams = findPlaylist(presentation, variant)?.track.streams ?? []
  const transfer = streams.find(({ kind }) => kind === 'video')?.color?.transfer
  return (transfer === undefined ? null : HDR_RANGES[transfer]) ?? 'SDR'
}

/** Apple 8.10: EXT-X-MEDIA of sound and text has LANGUAGE. */
const renditionsHaveLanguage: Rule = {
  id: '8.10',
  severity: 'error',
  title: 'Every EXT-X-MEDIA that is not video has LANGUAGE',
  *find(output) {
    for (const { multivariant } of listMultivariants(output)) {
      for (const { type, language, where } of multivariant.renditions) {
        if (language !== null || (type !== 'AUDIO' && type !== 'SUBTITLES')) continue
        yield { where, message: `is a rendition of type ${type} without LANGUAGE` }
      }
    }
  },
}

export const multivariantRules: readonly Rule[] = [
  variantsHaveCodecs,
  variantsHaveResolution,
  soundIsApart,
  thereAreTwoRates,
  segmentsAreIndependent,
  variantsHaveAverage,
  variantsHaveFrameRate,
  rangesAreDeclared,
  renditionsHaveLanguage,
]
