import type { MeasuredTrack } from '../measure/facts.ts'
import { listPlaylists, listTracks, type Output } from '../model.ts'
import { claimsCmaf } from './cmaf-brands.ts'
import { type Rule, readingRule } from './rule.ts'

function listFragmented(output: Output): MeasuredTrack[] {
  return listTracks(output).filter(({ container, init }) => container === 'fmp4' && init !== null)
}

/** ISO/IEC 23000-19 clause 7.2: a CMAF header says that it is one. */
const headersHaveBrand: Rule = {
  id: 'CMAF-brands',
  severity: 'warning',
  title: 'Init segments have a CMAF brand',
  *find(output) {
    for (const track of listFragmented(output)) {
      if (claimsCmaf(track)) continue
      const message = 'has no CMAF brand in its ftyp'
      const where = track.init?.where ?? track.name
      yield { where, message, expected: 'cmfc or cmf2', found: track.init?.brands.join(' ') ?? '' }
    }
  },
}

/** ISO/IEC 23000-19 clause 7.3.2: a CMAF header holds exactly one track. */
const headersHoldOneTrack: Rule = {
  id: 'CMAF-one-track',
  severity: 'error',
  title: 'A CMAF header holds one track',
  *find(output) {
    for (const track of listFragmented(output)) {
      const { length } = track.streams
      if (!claimsCmaf(track) || length === 1) continue
      const where = track.init?.where ?? track.name
      yield { where, message: 'is a CMAF header', expected: '1 track', found: `${length} tracks` }
    }
  },
}

/** RFC 8216 section 3.3, ISO/IEC 14496-12 section 8.8: `moov` without samples, with `mvex/trex`. */
const headersAreForFragments: Rule = {
  id: 'RFC8216-3.3',
  severity: 'error',
  title: 'Init segments have ftyp, tracks without samples, and mvex; boxes are whole',
  *find(output) {
    yield* readingRule('RFC8216-3.3', '').find(output)
    const inits = [...listTracks(output), ...listPlaylists(output).map(({ track }) => track)]
    for (const init of new Set(inits.flatMap((track) => track.init ?? []))) {
      const { where } = init
      if (init.brands.length === 0) yield { where, message: 'has no ftyp' }
      if (init.streams.length === 0) yield { where, message: 'has no track' }
      if (!init.hasMovieExtends) yield { where, message: 'has no mvex with a trex' }
      if (init.holdsSamples) yield { where, message: 'lists samples in its moov' }
    }
  },
}

export const cmafRules: readonly Rule[] = [
  headersAreForFragments,
  readingRule('RFC8216-3.3-tfdt', 'Every traf has a tfdt'),
  readingRule('RFC8216-3.3-relative', 'Samples are addressed relative to their moof'),
  headersHaveBrand,
  headersHoldOneTrack,
  readingRule('CMAF-chunk', 'Every chunk is a moof and an mdat, with nothing strange between'),
]
