import type { Variant } from '../hls/playlist.ts'
import type { MeasuredTrack } from '../measure/facts.ts'
import { findPlaylist, type HlsPresentation, listGroup, listMultivariants } from '../model.ts'
import { frameRateOf } from './frame-rate.ts'
import type { Rule } from './rule.ts'

/**
 * Whether a codec that was read from a sample entry is among those declared. Letters' case and the
 * optional tail of "vp09.…" and "av01.…" do not matter (RFC 6381; VP9 and AV1 in ISOBMFF).
 */
export function isDeclared(codec: string, declared: readonly string[]): boolean {
  const own = codec.toLowerCase()
  return declared.some((one) => {
    const text = one.toLowerCase()
    return text === own || (/^(vp09|av01)\./.test(text) && text.startsWith(`${own}.`))
  })
}

/** RFC 8216 section 4.3.4.2: CODECS lists every format that is in the variant's segments. */
const codecsAreTrue: Rule = {
  id: 'RFC8216-4.3.4.2-codecs',
  severity: 'error',
  title: 'CODECS names what the sample entries of the variant say',
  *find(output) {
    for (const { multivariant, presentation } of listMultivariants(output)) {
      for (const variant of [...multivariant.variants, ...multivariant.iframeVariants]) {
        const audio = listGroup(multivariant, 'AUDIO', variant.audioGroup)
        const parts = [variant, ...audio].flatMap((part) => findPlaylist(presentation, part) ?? [])
        for (const codec of new Set(parts.flatMap(({ track }) => listCodecs(track)))) {
          if (variant.codecs === null || isDeclared(codec, variant.codecs)) continue
          const message = 'does not name a codec that its segments have'
          yield { where: variant.where, message, expected: codec, found: variant.codecs.join(',') }
        }
      }
    }
  },
}

function listCodecs({ streams }: MeasuredTrack): string[] {
  return streams.flatMap(({ codecs, kind }) => (kind === 'other' ? [] : (codecs ?? [])))
}

function findVideo(presentation: HlsPresentation, variant: Variant) {
  const track = findPlaylist(presentation, variant)?.track
  const stream = track?.streams.find(({ kind }) => kind === 'video')
  return track && stream ? { track, stream } : null
}

/** RFC 8216 section 4.3.4.2: RESOLUTION is that of the pictures. */
const resolutionIsTrue: Rule = {
  id: 'RFC8216-4.3.4.2-resolution',
  severity: 'error',
  title: 'RESOLUTION is the size of the pictures',
  *find(output) {
    for (const { multivariant, presentation } of listMultivariants(output)) {
      for (const variant of [...multivariant.variants, ...multivariant.iframeVariants]) {
        const stream = findVideo(presentation, variant)?.stream
        const { resolution, where } = variant
        if (!resolution || !stream || stream.width === null) continue
        const expected = `${stream.width}x${stream.height}`
        const found = `${resolution.width}x${resolution.height}`
        if (expected === found) continue
        yield {
          where,
          message: 'declares another RESOLUTION than its pictures have',
          expected,
          found,
        }
      }
    }
  },
}

/** RFC 8216 section 4.3.4.2: FRAME-RATE is the largest in the variant, to three decimals. */
const frameRateIsTrue: Rule = {
  id: 'RFC8216-4.3.4.2-frame-rate',
  severity: 'error',
  title: 'FRAME-RATE is the rate of the pictures',
  *find(output) {
    for (const { multivariant, presentation } of listMultivariants(output)) {
      for (const { variant, measured } of multivariant.variants.map((one) => ({
        variant: one,
        measured: findVideo(presentation, one),
      }))) {
        const rate = measured && frameRateOf(measured.track)
        if (!rate || variant.frameRate === null) continue
        if (Math.abs(rate - variant.frameRate) <= rate * 0.01) continue
        yield {
          where: variant.where,
          message: 'declares another FRAME-RATE than its pictures have',
          expected: rate.toFixed(3),
          found: String(variant.frameRate),
        }
      }
    }
  },
}

export const codecRules: readonly Rule[] = [codecsAreTrue, resolutionIsTrue, frameRateIsTrue]
