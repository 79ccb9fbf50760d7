import type { AdaptationSet } from '../dash/manifest.ts'
import type { MeasuredRepresentation, Output } from '../model.ts'
import { isDeclared } from './codecs.ts'
import { type Rule, readingRule } from './rule.ts'

function listRepresentations(output: Output): MeasuredRepresentation[] {
  return output.dash.flatMap(({ tracks }) => tracks)
}

function listSets(output: Output): AdaptationSet[] {
  const sets = output.dash.flatMap(({ manifest }) => manifest.periods.flatMap((one) => one.sets))
  return sets.filter(({ contentType }) => contentType !== 'image')
}

/** ISO/IEC 23009-1 section 5.3.1.2: what an MPD must have. */
const manifestIsComplete: Rule = {
  id: 'DASH-5.3.1.2',
  severity: 'error',
  title: 'The MPD has profiles, minBufferTime and a duration',
  *find(output) {
    for (const { manifest } of output.dash) {
      const { path: where, attributes, periods, problems } = manifest
      // What could not be read at all lacks everything, and that is said already.
      if (problems.length > 0) continue
      if (periods.length === 0) yield { where, message: 'has no Period' }
      if (!attributes.has('profiles')) yield { where, message: 'has no profiles' }
      if (manifest.minBufferSeconds === null) yield { where, message: 'has no minBufferTime' }
      if (!manifest.dynamic && periods.at(-1)?.durationSeconds === null) {
        yield { where, message: 'is static and says nowhere how long it is' }
      }
    }
  },
}

const PROFILES = /isoff-(live|ext-live|on-demand|ext-on-demand|main|broadcast)|cmaf|dashif\.org/

/** ISO/IEC 23009-1 section 8: the profile is one that players know. */
const profileIsKnown: Rule = {
  id: 'DASH-8',
  severity: 'warning',
  title: 'The MPD follows a profile for ISO media',
  *find(output) {
    for (const { manifest } of output.dash) {
      const profiles = manifest.attributes.get('profiles')
      if (profiles === undefined || PROFILES.test(profiles)) continue
      const expected = 'urn:mpeg:dash:profile:isoff-live:2011'
      yield {
        where: manifest.path,
        message: 'follows no ISO media profile',
        expected,
        found: profiles,
      }
    }
  },
}

/** ISO/IEC 23009-1 sections 5.3.3.2 and 5.3.7.2: what makes switching seamless is declared. */
const switchingIsDeclared: Rule = {
  id: 'DASH-5.3.3.2',
  severity: 'warning',
  title: 'AdaptationSets declare segmentAlignment and startWithSAP',
  *find(output) {
    for (const { attributes, representations, where, contentType } of listSets(output)) {
      if (contentType !== 'video' && contentType !== 'audio') continue
      const sap = representations[0]?.startsWithSap ?? attributes.get('subsegmentStartsWithSAP')
      const aligned = attributes.get('segmentAlignment') ?? attributes.get('subsegmentAlignment')
      if (aligned === undefined || aligned === 'false')
        yield { where, message: 'has no segmentAlignment' }
      if (!['1', '2'].includes(sap ?? '')) yield { where, message: 'has no startWithSAP of 1 or 2' }
    }
  },
}

/** ISO/IEC 23009-1 section 5.3.3: switching happens inside a set, so it has one codec. */
const setsHaveOneCodec: Rule = {
  id: 'DASH-5.3.3',
  severity: 'error',
  title: 'An AdaptationSet holds one codec',
  *find(output) {
    for (const { where, representations } of listSets(output)) {
      const sorts = new Set(representations.map(({ codecs }) => codecs?.split('.')[0] ?? ''))
      if (sorts.size > 1) yield { where, message: 'mixes codecs', found: [...sorts].join(', ') }
    }
  },
}

/** ISO/IEC 23009-1 section 5.3.5.2: id and bandwidth, ids once in a Period. */
const representationsAreNamed: Rule = {
  id: 'DASH-5.3.5.2',
  severity: 'error',
  title: 'Representations have an id of their own and a bandwidth',
  *find(output) {
    for (const { manifest } of output.dash) {
      for (const { sets } of manifest.periods) {
        const seen = new Set<string>()
        for (const { id, bandwidthBps, where } of sets.flatMap((set) => set.representations)) {
          if (id === null) yield { where, message: 'has no id' }
          else if (seen.has(id)) yield { where, message: 'has the id of another' }
          seen.add(id ?? '')
          if (bandwidthBps === null) yield { where, message: 'has no bandwidth' }
        }
      }
    }
  },
}

/** ISO/IEC 23009-1 section 5.3.7.2: mimeType, codecs, width and height are there and true. */
const representationsAreTrue: Rule = {
  id: 'DASH-5.3.7.2',
  severity: 'error',
  title: 'mimeType, codecs, width and height are those of the media',
  *find(output) {
    for (const one of listRepresentations(output)) {
      yield* judgeFormat(one)
      yield* judgeSize(one)
    }
  },
}

function* judgeFormat({ representation, track }: MeasuredRepresentation) {
  const { where, mimeType, codecs, contentType } = representation
  if (mimeType === null) yield { where, message: 'has no mimeType' }
  if (codecs === null && contentType !== 'text') yield { where, message: 'has no codecs' }
  const expected = track.streams[0]?.codecs
  if (codecs === null || !expected || isDeclared(expected, codecs.split(','))) return
  yield { where, message: 'declares other codecs than its media have', expected, found: codecs }
}

function* judgeSize({ representation, track }: MeasuredRepresentation) {
  const [stream] = track.streams
  if (stream?.kind !== 'video' || representation.width === null) return
  const expected = `${stream.width}x${stream.height}`
  const found = `${representation.width}x${representation.height}`
  if (expected === found) return
  const message = 'declares another size than its pictures have'
  yield { where: representation.where, message, expected, found }
}

/** ISO/IEC 23009-1 sections 5.3.3.2 and 5.8.5: what a player needs to choose sound by. */
const soundIsDescribed: Rule = {
  id: 'DASH-5.8.5',
  severity: 'warning',
  title: 'Audio has AudioChannelConfiguration, Role and lang',
  *find(output) {
    for (const { where, contentType, attributes, hasRole, representations } of listSets(output)) {
      if (contentType !== 'audio') continue
      if (!attributes.has('lang')) yield { where, message: 'has no lang' }
      if (!hasRole) yield { where, message: 'has no Role' }
      const silent = representations.find(({ hasAudioChannels }) => !hasAudioChannels)
      if (silent) yield { where: silent.where, message: 'has no AudioChannelConfiguration' }
    }
  },
}

/** One set of segments for HLS and DASH: a second copy costs storage and cache. */
const segmentsAreShared: Rule = {
  id: 'CMAF-one-copy',
  severity: 'warning',
  title: 'HLS and DASH use the same segments',
  *find(output) {
    if (output.hls.length === 0) return
    for (const { set, representation, sharedWithHls } of listRepresentations(output)) {
      // Text weighs nothing, and the two cannot read it in the same pieces.
      const isText = set.contentType === 'text' || representation.mimeType === 'text/vtt'
      if (sharedWithHls || isText || representation.segments.length === 0) continue
      yield { where: representation.where, message: 'has other segments than the HLS playlists' }
    }
  },
}

export const dashAttributeRules: readonly Rule[] = [
  readingRule('DASH-5.3.1', 'The MPD is XML with an MPD element'),
  manifestIsComplete,
  profileIsKnown,
  switchingIsDeclared,
  setsHaveOneCodec,
  representationsAreNamed,
  representationsAreTrue,
  soundIsDescribed,
  segmentsAreShared,
]
