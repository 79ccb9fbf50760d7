import { readAttributes } from '../conformance/hls/attributes.ts'
import { type PlaylistLine, readLines } from '../conformance/hls/lines.ts'
import { readByteRange } from '../conformance/hls/values.ts'
import type { ByteRange, SingleFilePlaylist, SingleFileSegment } from './playlist.ts'
import { refuseResult } from './refuse-result.ts'

/** A segment takes some 120 bytes of text: hours of them fit. */
const maxTextBytes = 8 * 1024 ** 2
const maxSegments = 100_000
/** Bytes after the last segment: an index that some builds of ffmpeg add (`mfra`), 1 KiB and a row each. */
const trailerBytes = 1024
const trailerBytesPerSegment = 64

/** Tags that say nothing which is not written anew, or not looked at. */
const plainTags = new Set([
  'EXTM3U',
  'EXT-X-VERSION',
  'EXT-X-TARGETDURATION',
  'EXT-X-INDEPENDENT-SEGMENTS',
  'EXT-X-ALLOW-CACHE',
])

interface Reading {
  init: ByteRange | null
  segments: SingleFileSegment[]
  /** The one name that all URIs must have; it is not kept. */
  name: string | null
  seconds: number | null
  range: { readonly length: number; readonly offset: number | null } | null
  ended: boolean
}

/**
 * Reads the playlist that a runner hands in beside a fragmented MP4 of `sizeBytes` (runner protocol
 * 2.2). Hostile until proven otherwise (security.md 3): only the tags that such a playlist has, one
 * file name, byte ranges that follow each other from the first byte to the last.
 *
 * @throws ReelmillError `result_refused`.
 */
export function readSingleFilePlaylist(text: string, sizeBytes: number): SingleFilePlaylist {
  if (text.length > maxTextBytes) refuseResult('The playlist is larger than any could be.')
  const { lines, problems } = readLines(Buffer.from(text), 'playlist')
  if (problems[0]) refuseResult(`The playlist ${problems[0].message}.`)
  const reading: Reading = {
    init: null,
    segments: [],
    name: null,
    seconds: null,
    range: null,
    ended: false,
  }
  for (const line of lines) readLine(reading, line)
  const { init, segments, ended } = reading
  if (!ended) refuseResult('The playlist has no end.')
  if (!init || segments.length === 0) refuseResult('The playlist names no segments.')
  requireCovered(segments, sizeBytes)
  return { init, segments }
}

function readLine(reading: Reading, line: PlaylistLine): void {
  if (reading.ended) refuse(line, 'follows the end')
  if (line.kind === 'uri') return readSegment(reading, line.uri, line)
  const read = tagReaders[line.name]
  if (read) return read(reading, line.value, line)
  if (!plainTags.has(line.name)) refuse(line, `has the tag ${line.name}, which has no place there`)
}

type TagReader = (reading: Reading, value: string, line: PlaylistLine) => void

const tagReaders: Readonly<Record<string, TagReader>> = {
  'EXT-X-MEDIA-SEQUENCE': (_reading, value, line) => {
    if (!/^\d{1,9}$/.test(value)) refuse(line, 'has no sequence number')
  },
  'EXT-X-PLAYLIST-TYPE': (_reading, value, line) => {
    if (value !== 'VOD') refuse(line, 'is not of type VOD')
  },
  'EXT-X-MAP': readMap,
  'EXT-X-BYTERANGE': (reading, value, line) => {
    if (reading.range) refuse(line, 'has two byte ranges for a segment')
    reading.range = readByteRange(value) ?? refuse(line, 'has a byte range that is none')
  },
  EXTINF: (reading, value, line) => {
    const [, seconds] = /^(\d{1,6}(?:\.\d{1,9})?),/.exec(value) ?? []
    if (seconds === undefined || reading.seconds !== null)
      refuse(line, 'has a duration that is none')
    reading.seconds = Number(seconds)
  },
  'EXT-X-ENDLIST': (reading, _value, line) => {
    if (reading.seconds !== null || reading.range) refuse(line, 'ends within a segment')
    reading.ended = true
  },
}

function readMap(reading: Reading, value: string, line: PlaylistLine): void {
  const { attributes, complaints } = readAttributes(value)
  if (complaints[0] !== undefined) refuse(line, `has a map in which ${complaints[0]}`)
  const range = readByteRange(attributes.get('BYTERANGE')?.value ?? '')
  if (reading.init || reading.segments.length > 0 || !range) refuse(line, 'has a wrong map')
  if ((range.offset ?? 0) !== 0 || range.length === 0)
    refuse(line, 'has a map that is not at the start')
  requireName(reading, attributes.get('URI')?.value ?? '', line)
  reading.init = { offset: 0, length: range.length }
}

function readSegment(reading: Reading, uri: string, line: PlaylistLine): void {
  const { init, segments, seconds, range } = reading
  if (!init || seconds === null || !range)
    refuse(line, 'has a segment without map, length or range')
  if (segments.length === maxSegments) refuse(line, 'has more segments than any could have')
  requireName(reading, uri, line)
  const before = segments.at(-1) ?? init
  const end = before.offset + before.length
  if ((range.offset ?? end) !== end || range.length === 0) {
    refuse(line, 'has a segment that does not follow the one before')
  }
  segments.push({ offset: end, length: range.length, seconds })
  reading.seconds = null
  reading.range = null
}

/** A plain file name, the same everywhere: paths and addresses never pass. */
function requireName(reading: Reading, name: string, line: PlaylistLine): void {
  reading.name ??= name
  if (name !== reading.name || !/^[A-Za-z0-9_-][A-Za-z0-9._-]{0,254}$/.test(name)) {
    refuse(line, 'names another file than its own')
  }
}

function requireCovered(segments: readonly SingleFileSegment[], sizeBytes: number): void {
  const last = segments.at(-1)
  const end = last ? last.offset + last.length : 0
  const uncovered = sizeBytes - end
  const allowed = trailerBytes + trailerBytesPerSegment * segments.length
  if (uncovered >= 0 && uncovered <= allowed) return
  refuseResult(`The playlist ends at byte ${end} of a file of ${sizeBytes}.`)
}

function refuse({ line }: PlaylistLine, message: string): never {
  refuseResult(`Line ${line} of the playlist ${message}.`)
}
