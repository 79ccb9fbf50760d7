import type { Violation } from '../finding.ts'
import type { Multivariant, Rendition } from '../hls/playlist.ts'
import { listMultivariants, listPlaylists } from '../model.ts'
import { type Rule, readingRule } from './rule.ts'

/** RFC 8216 section 4.3.3.1: present, and no EXTINF rounds to more. */
const targetCoversSegments: Rule = {
  id: 'RFC8216-4.3.3.1',
  severity: 'error',
  title: 'EXT-X-TARGETDURATION is a whole number that no rounded EXTINF exceeds',
  *find(output) {
    yield* readingRule('RFC8216-4.3.3.1', '').find(output)
    for (const { playlist } of listPlaylists(output)) {
      const { path, targetDurationSeconds: target } = playlist
      if (target === null && !playlist.tags.has('EXT-X-TARGETDURATION')) {
        yield { where: path, message: 'has no EXT-X-TARGETDURATION' }
      }
      const longer = playlist.segments.find(
        ({ seconds }) => Math.round(seconds ?? 0) > (target ?? 1e9),
      )
      if (!longer) continue
      const where = `${path}:${longer.line}`
      const message = 'has an EXTINF that rounds to more than the target duration'
      yield { where, message, expected: `≤ ${target}`, found: String(longer.seconds) }
    }
  },
}

/** RFC 8216 sections 4.3.1.2 and 7: the version covers what is used. */
const versionCoversFeatures: Rule = {
  id: 'RFC8216-7',
  severity: 'error',
  title: 'EXT-X-VERSION is high enough for the features used',
  *find(output) {
    for (const { playlist } of listPlaylists(output)) {
      const { needs, version } = playlist
      if (needs.version <= (version ?? 1)) continue
      yield {
        where: playlist.path,
        message: `uses ${needs.feature}, which needs version ${needs.version}`,
        expected: `≥ ${needs.version}`,
        found: version === null ? 'no EXT-X-VERSION' : String(version),
      }
    }
  },
}

/** RFC 8216 section 4.3.4.2: BANDWIDTH is there, and groups that are named exist. */
const variantsAreLawful: Rule = {
  id: 'RFC8216-4.3.4.2',
  severity: 'error',
  title: 'EXT-X-STREAM-INF has BANDWIDTH, a URI, and groups that exist',
  *find(output) {
    yield* readingRule('RFC8216-4.3.4.2', '').find(output)
    for (const { multivariant } of listMultivariants(output)) {
      for (const { bandwidthBps, attributes, where } of multivariant.variants) {
        if (bandwidthBps === null) yield { where, message: 'has no BANDWIDTH' }
        for (const type of ['AUDIO', 'SUBTITLES', 'VIDEO']) {
          const group = attributes.get(type)?.value
          if (group === undefined || hasGroup(multivariant, type, group)) continue
          yield { where, message: `names the ${type} group "${group}", which does not exist` }
        }
      }
    }
  },
}

function hasGroup({ renditions }: Multivariant, type: string, group: string): boolean {
  return renditions.some((one) => one.type === type && one.groupId === group)
}

const TYPES = ['AUDIO', 'VIDEO', 'SUBTITLES', 'CLOSED-CAPTIONS']

/** RFC 8216 sections 4.3.4.1 and 4.3.4.1.1. */
const renditionsAreLawful: Rule = {
  id: 'RFC8216-4.3.4.1',
  severity: 'error',
  title: 'EXT-X-MEDIA has TYPE, GROUP-ID and NAME, and groups have one default and unique names',
  *find(output) {
    for (const { multivariant } of listMultivariants(output)) {
      for (const rendition of multivariant.renditions) yield* judgeRendition(rendition)
      const groups = Map.groupBy(
        multivariant.renditions,
        ({ type, groupId }) => `${type} ${groupId}`,
      )
      for (const group of groups.values()) yield* judgeGroup(group)
    }
  },
}

function* judgeRendition({ where, type, groupId, name, address, attributes }: Rendition) {
  if (!TYPES.includes(type)) yield { where, message: `has the unknown TYPE "${type}"` }
  if (groupId === '') yield { where, message: 'has no GROUP-ID' }
  if (name === null) yield { where, message: 'has no NAME' }
  if (type === 'SUBTITLES' && address === null) yield { where, message: 'has no URI' }
  if (type === 'CLOSED-CAPTIONS' && address !== null)
    yield { where, message: 'must not have a URI' }
  const isDefault = attributes.get('DEFAULT')?.value === 'YES'
  if (isDefault && attributes.get('AUTOSELECT')?.value === 'NO') {
    yield { where, message: 'is DEFAULT=YES with AUTOSELECT=NO' }
  }
}

function* judgeGroup(group: readonly Rendition[]): Generator<Violation> {
  const defaults = group.filter(({ attributes }) => attributes.get('DEFAULT')?.value === 'YES')
  for (const { where } of defaults.slice(1)) {
    yield { where, message: 'is a second DEFAULT of its group' }
  }
  for (const [index, { where, name }] of group.entries()) {
    if (name === null || group.findIndex((other) => other.name === name) === index) continue
    yield { where, message: `has the NAME "${name}", as another of its group` }
  }
}

export const syntaxRules: readonly Rule[] = [
  readingRule('RFC8216-4.1', 'Playlists are UTF-8 without byte order mark and control characters'),
  readingRule('RFC8216-4.2', 'Attribute lists are NAME=VALUE, quoted where they must be'),
  readingRule('RFC8216-4.3', 'Tags that stand once stand once'),
  readingRule('RFC8216-4.3.1.1', 'The first line is EXTM3U'),
  readingRule('RFC8216-4.3.1.2', 'EXT-X-VERSION is a number'),
  readingRule('RFC8216-4.3.2.1', 'Every segment has one EXTINF with a duration and a comma'),
  readingRule('RFC8216-4.3.2.2', 'Byte ranges are length[@offset] and can be placed'),
  readingRule('RFC8216-4.3.2.4', 'EXT-X-KEY has METHOD'),
  readingRule('RFC8216-4.3.2.5', 'EXT-X-MAP has a quoted URI'),
  readingRule('RFC8216-4.3.3.5', 'EXT-X-PLAYLIST-TYPE is VOD or EVENT'),
  targetCoversSegments,
  versionCoversFeatures,
  variantsAreLawful,
  renditionsAreLawful,
  readingRule('RFC8216-3', 'Segments of transport streams and packed audio can be read'),
  readingRule('missing-file', 'Every file that is named can be read'),
]
