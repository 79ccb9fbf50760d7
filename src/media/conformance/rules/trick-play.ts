import { listMultivariants, listPlaylists } from '../model.ts'
import type { Rule } from './rule.ts'

/** Apple 6.1: where there are pictures there are I-frame playlists. */
const iframePlaylistsExist: Rule = {
  id: '6.1',
  severity: 'error',
  title: 'I-frame playlists exist',
  *find(output) {
    for (const { multivariant, presentation } of listMultivariants(output)) {
      const hasVideo = presentation.playlists.some(({ role }) => role === 'video')
      if (!hasVideo || multivariant.iframeVariants.length > 0) continue
      yield { where: multivariant.path, message: 'names no EXT-X-I-FRAME-STREAM-INF' }
    }
  },
}

/** Apple 6.8: what EXT-X-I-FRAME-STREAM-INF names has EXT-X-I-FRAMES-ONLY. */
const iframePlaylistsSaySo: Rule = {
  id: '6.8',
  severity: 'error',
  title: 'I-frame playlists have EXT-X-I-FRAMES-ONLY',
  *find(output) {
    for (const { playlist, role } of listPlaylists(output)) {
      if (role !== 'iframes' || playlist.iframesOnly) continue
      yield { where: playlist.path, message: 'has no EXT-X-I-FRAMES-ONLY' }
    }
  },
}

/** Apple 6.10: the range of an I-frame begins with its moof and holds one whole I-frame. */
const rangesIncludeMoof: Rule = {
  id: '6.10',
  severity: 'error',
  title: 'Byte ranges of I-frames include the moof and begin with an I-frame',
  *find(output) {
    for (const { playlist, track, role } of listPlaylists(output)) {
      if (role !== 'iframes' || !playlist.segments.some(({ map }) => map)) continue
      for (const { where, spans } of track.segments) {
        if (spans[0] === undefined) yield { where, message: 'does not begin with a moof' }
        else if (spans[0].startsWithIdr === false) yield { where, message: 'is not an I-frame' }
      }
    }
  },
}

const FORBIDDEN = ['FRAME-RATE', 'AUDIO', 'SUBTITLES', 'CLOSED-CAPTIONS']

/** RFC 8216 section 4.3.4.3: attributes that EXT-X-I-FRAME-STREAM-INF must and must not have. */
const iframeVariantsAreLawful: Rule = {
  id: 'RFC8216-4.3.4.3',
  severity: 'error',
  title: 'EXT-X-I-FRAME-STREAM-INF has URI and BANDWIDTH and none of a variant’s own attributes',
  *find(output) {
    for (const { multivariant } of listMultivariants(output)) {
      for (const { attributes, bandwidthBps, where } of multivariant.iframeVariants) {
        const named = FORBIDDEN.filter((name) => attributes.has(name))
        if (named.length > 0) yield { where, message: `must not have ${named.join(', ')}` }
        if (bandwidthBps === null) yield { where, message: 'has no BANDWIDTH' }
      }
    }
  },
}

export const trickPlayRules: readonly Rule[] = [
  iframePlaylistsExist,
  iframePlaylistsSaySo,
  rangesIncludeMoof,
  iframeVariantsAreLawful,
]
