import type { Problem } from '../finding.ts'
import type { Source } from '../source/source.ts'
import { type AttributeReading, readAttributes, readText } from './attributes.ts'
import type { PlaylistLine } from './lines.ts'
import type { MediaPlaylist, PlaylistSegment, ResourceRef } from './playlist.ts'
import { readByteRange, readDecimalInteger } from './values.ts'

type Tag = Extract<PlaylistLine, { kind: 'tag' }>
type Mutable<T> = { -readonly [Key in keyof T]: T[Key] }

/** What the tags since the last URI said about the segment that comes next. */
interface Pending {
  seconds: number | null
  extinf: boolean
  range: { length: number; offset: number | null } | null
  discontinuity: boolean
}

interface Reading extends Mutable<MediaPlaylist> {
  segments: PlaylistSegment[]
  tags: Map<string, number>
  problems: Problem[]
  source: Source
  pending: Pending
  map: ResourceRef | null
  encrypted: boolean
  /** Where a BYTERANGE without an offset begins: the end of the one before, in the same file. */
  previousEnd: { address: string; offset: number } | null
}

/** Reads the lines of a media playlist (RFC 8216 sections 4.3.2 and 4.3.3), going on after faults. */
export function readMediaPlaylist(
  lines: readonly PlaylistLine[],
  place: { readonly address: string; readonly path: string; readonly source: Source },
): MediaPlaylist {
  const reading = startReading(place)
  for (const line of lines) {
    if (line.kind === 'uri') readSegment(reading, line.uri, line.line)
    else readTag(reading, line)
  }
  if (reading.pending.extinf) complain(reading, '4.3.2.1', reading.path, 'ends after an EXTINF')
  const { source: _source, pending: _pending, previousEnd: _end, ...playlist } = reading
  return playlist
}

function startReading(place: { address: string; path: string; source: Source }): Reading {
  return {
    ...place,
    version: null,
    targetDurationSeconds: null,
    type: null,
    ended: false,
    independentSegments: false,
    iframesOnly: false,
    segments: [],
    tags: new Map(),
    needs: { version: 1, feature: 'nothing' },
    problems: [],
    pending: nothingPending(),
    map: null,
    encrypted: false,
    previousEnd: null,
  }
}

function nothingPending(): Pending {
  return { seconds: null, extinf: false, range: null, discontinuity: false }
}

function complain(reading: Reading, section: string, where: string, message: string): void {
  reading.problems.push({ rule: `RFC8216-${section}`, where, message })
}

function need(reading: Reading, version: number, feature: string): void {
  if (version > reading.needs.version) reading.needs = { version, feature }
}

const ONCE = new Set([
  'EXTM3U',
  'EXT-X-VERSION',
  'EXT-X-TARGETDURATION',
  'EXT-X-MEDIA-SEQUENCE',
  'EXT-X-PLAYLIST-TYPE',
  'EXT-X-I-FRAMES-ONLY',
  'EXT-X-INDEPENDENT-SEGMENTS',
  'EXT-X-ENDLIST',
])

function readTag(reading: Reading, tag: Tag): void {
  const where = `${reading.path}:${tag.line}`
  if (ONCE.has(tag.name) && reading.tags.has(tag.name)) {
    complain(reading, '4.3', where, `${tag.name} appears more than once`)
  }
  if (!reading.tags.has(tag.name)) reading.tags.set(tag.name, tag.line)
  readers[tag.name]?.(reading, tag, where)
}

const readers: Readonly<Record<string, (reading: Reading, tag: Tag, where: string) => void>> = {
  'EXT-X-VERSION': readVersion,
  'EXT-X-TARGETDURATION': readTargetDuration,
  'EXT-X-PLAYLIST-TYPE': readType,
  'EXT-X-ENDLIST': (reading) => {
    reading.ended = true
  },
  'EXT-X-INDEPENDENT-SEGMENTS': (reading) => {
    reading.independentSegments = true
  },
  'EXT-X-I-FRAMES-ONLY': (reading) => {
    reading.iframesOnly = true
    need(reading, 4, 'EXT-X-I-FRAMES-ONLY')
  },
  'EXT-X-DISCONTINUITY': (reading) => {
    reading.pending.discontinuity = true
  },
  EXTINF: readExtinf,
  'EXT-X-BYTERANGE': readRange,
  'EXT-X-MAP': readMap,
  'EXT-X-KEY': readKey,
  'EXT-X-STREAM-INF': (reading, _tag, where) =>
    complain(reading, '4.1', where, 'is a tag of multivariant playlists'),
}

function readVersion(reading: Reading, tag: Tag, where: string): void {
  reading.version = readDecimalInteger(tag.value)
  if (reading.version === null) complain(reading, '4.3.1.2', where, 'is not a version number')
}

function readTargetDuration(reading: Reading, tag: Tag, where: string): void {
  reading.targetDurationSeconds = readDecimalInteger(tag.value)
  if (reading.targetDurationSeconds !== null) return
  complain(reading, '4.3.3.1', where, 'is not a whole number of seconds')
  const seconds = Number.parseFloat(tag.value)
  reading.targetDurationSeconds = Number.isFinite(seconds) ? seconds : null
}

function readType(reading: Reading, tag: Tag, where: string): void {
  reading.type = tag.value.trim()
  if (reading.type === 'VOD' || reading.type === 'EVENT') return
  complain(reading, '4.3.3.5', where, `"${reading.type}" is neither VOD nor EVENT`)
}

function readExtinf(reading: Reading, tag: Tag, where: string): void {
  const { pending } = reading
  if (pending.extinf) complain(reading, '4.3.2.1', where, 'is a second EXTINF for one segment')
  pending.extinf = true
  const match = /^(\d+(?:\.\d+)?)(,|$)/.exec(tag.value)
  if (!match) complain(reading, '4.3.2.1', where, `"${tag.value.slice(0, 40)}" has no duration`)
  else if (match[2] !== ',') complain(reading, '4.3.2.1', where, 'has no comma after the duration')
  const seconds = Number.parseFloat(tag.value)
  pending.seconds = Number.isFinite(seconds) && seconds >= 0 ? seconds : null
  if (match?.[1]?.includes('.')) need(reading, 3, 'a fraction in EXTINF')
}

function readRange(reading: Reading, tag: Tag, where: string): void {
  need(reading, 4, 'EXT-X-BYTERANGE')
  reading.pending.range = readByteRange(tag.value)
  if (!reading.pending.range) complain(reading, '4.3.2.2', where, 'is not length[@offset]')
}

function readMap(reading: Reading, tag: Tag, where: string): void {
  const { attributes } = readList(reading, tag, where)
  need(reading, reading.iframesOnly ? 5 : 6, 'EXT-X-MAP')
  const uri = readText(attributes, 'URI')
  if (!attributes.get('URI')?.quoted) {
    complain(reading, '4.3.2.5', where, 'has no URI in quotes')
  }
  if (uri === null) return
  const text = readText(attributes, 'BYTERANGE')
  const range = text === null ? null : readByteRange(text)
  if (text !== null && !range) complain(reading, '4.3.2.5', where, 'BYTERANGE is not length@offset')
  reading.map = {
    address: reading.source.resolve(uri, reading.address),
    range: range && { length: range.length, offset: range.offset ?? 0 },
  }
}

function readKey(reading: Reading, tag: Tag, where: string): void {
  const { attributes } = readList(reading, tag, where)
  const method = readText(attributes, 'METHOD')
  if (method === null) complain(reading, '4.3.2.4', where, 'has no METHOD')
  reading.encrypted = method !== null && method !== 'NONE'
  if (attributes.has('IV')) need(reading, 2, 'IV in EXT-X-KEY')
  if (attributes.has('KEYFORMAT')) need(reading, 5, 'KEYFORMAT in EXT-X-KEY')
}

function readList(reading: Reading, tag: Tag, where: string): AttributeReading {
  const list = readAttributes(tag.value)
  for (const complaint of list.complaints) complain(reading, '4.2', where, complaint)
  return list
}

function readSegment(reading: Reading, uri: string, line: number): void {
  const { pending, map, encrypted } = reading
  const where = `${reading.path}:${line}`
  if (!pending.extinf) complain(reading, '4.3.2.1', where, 'is a segment without EXTINF')
  const address = reading.source.resolve(uri, reading.address)
  const range = placeRange(reading, address, where)
  const { seconds, discontinuity } = pending
  reading.segments.push({ line, address, range, seconds, map, discontinuity, encrypted })
  reading.pending = nothingPending()
}

function placeRange(reading: Reading, address: string, where: string): PlaylistSegment['range'] {
  const { range } = reading.pending
  if (!range) {
    reading.previousEnd = null
    return null
  }
  const follows = reading.previousEnd?.address === address ? reading.previousEnd.offset : null
  const offset = range.offset ?? follows
  if (offset === null) {
    complain(reading, '4.3.2.2', where, 'has a byte range without an offset, and none to follow')
  }
  const placed = { offset: offset ?? 0, length: range.length }
  reading.previousEnd = { address, offset: placed.offset + placed.length }
  return placed
}
