import { listMultivariants, listTracks } from '../model.ts'
import type { Rule } from './rule.ts'

const STEREO_AAC = /^mp4a\.40\.(2|5|29)$|^aac$/

/** Apple 2.3: where there is sound there is AAC of two channels (one, when the source has one). */
const stereoAacExists: Rule = {
  id: '2.3',
  severity: 'error',
  title: 'A stereo AAC rendition exists',
  *find(output) {
    for (const { multivariant, presentation } of listMultivariants(output)) {
      const streams = presentation.playlists.flatMap(({ track }) => track.streams)
      const audio = streams.filter(({ kind }) => kind === 'audio')
      const plain = audio.some(
        ({ codecs, entry, channels }) => STEREO_AAC.test(codecs ?? entry) && (channels ?? 2) <= 2,
      )
      if (audio.length === 0 || plain) continue
      const found = audio.map(({ codecs, entry, channels }) => `${codecs ?? entry}/${channels}`)
      yield { where: multivariant.path, message: 'offers no stereo AAC', found: found.join(', ') }
    }
  },
}

/** Apple 2.17: no segment holds more than one audio stream. */
const segmentsHaveOneSound: Rule = {
  id: '2.17',
  severity: 'error',
  title: 'No segment holds more than one audio stream',
  *find(output) {
    for (const { name, streams } of listTracks(output)) {
      const count = streams.filter(({ kind }) => kind === 'audio').length
      if (count > 1) yield { where: name, message: `has ${count} audio streams in its segments` }
    }
  },
}

export const audioRules: readonly Rule[] = [stereoAacExists, segmentsHaveOneSound]
