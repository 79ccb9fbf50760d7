import { type Box, findBox, openFullBox, readBoxes, requireBox, requireOneBox } from './box.ts'
import { type CodecConfiguration, configurationReaders } from './codec-configuration.ts'
import { Cursor } from './cursor.ts'
import { refuse } from './refuse.ts'
import { readTrackDefaults, type TrackDefaults } from './track-defaults.ts'

/** What the init segment of a track with one sample entry says. */
export type ParsedInit = ParsedVideoInit | ParsedAudioInit

interface ParsedInitBase extends CodecConfiguration {
  readonly trackId: number
  /** Units per second. */
  readonly timescale: number
  /** The whole entry of the `stsd`, header included: "avc1" with all in it. */
  readonly sampleEntry: Buffer
  readonly trackDefaults: TrackDefaults
  /**
   * Media time, in the track's timescale, that is presented at 0: the priming of an audio encoder,
   * the delay of reordered pictures. 0 without an edit list; one that does more is refused.
   */
  readonly leadTicks: number
  /** What `mdhd` says, three letters. */
  readonly language: string
}

export interface ParsedVideoInit extends ParsedInitBase {
  readonly kind: 'video'
  readonly width: number
  readonly height: number
}

export interface ParsedAudioInit extends ParsedInitBase {
  readonly kind: 'audio'
  readonly channels: number
  readonly sampleRate: number
}

/**
 * Reads an init segment (`ftyp`, `moov`) of one track. Anything but one track with one sample entry
 * of a known kind (avc1, hvc1, vp09, av01, mp4a with AAC, Opus) fails with `segment_refused`.
 */
export function parseInit(bytes: Buffer): ParsedInit {
  const moov = requireOneBox(bytes, 'moov').body
  const trak = requireOneBox(moov, 'trak').body
  const mdia = requireBox(trak, 'mdia').body
  const trackId = readTrackId(requireBox(trak, 'tkhd'))
  return {
    trackId,
    ...readMediaHeader(requireBox(mdia, 'mdhd')),
    leadTicks: readLeadTicks(findBox(trak, 'edts', 'elst')),
    trackDefaults: readTrackDefaults(moov, trackId),
    ...readSampleEntry(requireBox(mdia, 'minf', 'stbl', 'stsd')),
  }
}

function readTrackId(tkhd: Box): number {
  const { version, cursor } = openFullBox(tkhd)
  return cursor.skip(version === 1 ? 16 : 8).readU32()
}

function readMediaHeader(mdhd: Box): { timescale: number; language: string } {
  const { version, cursor } = openFullBox(mdhd)
  const timescale = cursor.skip(version === 1 ? 16 : 8).readU32()
  if (timescale === 0) refuse('The timescale of the track is 0.')
  const packed = cursor.skip(version === 1 ? 8 : 4).readU16()
  const letters = [packed >> 10, packed >> 5, packed].map((code) => 0x60 + (code & 0x1f))
  return { timescale, language: String.fromCharCode(...letters) }
}

function readLeadTicks(elst: Box | null): number {
  if (!elst) return 0
  const { version, cursor } = openFullBox(elst)
  const edits = cursor.readU32()
  if (edits === 0) return 0
  const mediaTime = version === 1 ? cursor.skip(8).readI64() : cursor.skip(4).readI32()
  if (edits > 1 || mediaTime < 0) refuse('The edit list of the track does more than skip a lead.')
  return mediaTime
}

type Entry = CodecConfiguration &
  Pick<ParsedInitBase, 'sampleEntry'> &
  (Pick<ParsedVideoInit, 'kind' | 'width' | 'height'> | AudioFields)
type AudioFields = Pick<ParsedAudioInit, 'kind' | 'channels' | 'sampleRate'>

/** ISO/IEC 14496-12 sections 12.1.3 and 12.2.3. */
function readSampleEntry(stsd: Box): Entry {
  const { cursor } = openFullBox(stsd)
  if (cursor.readU32() !== 1) refuse('A track must have exactly one sample entry.')
  const sampleEntry = Buffer.from(cursor.readBytes(cursor.remaining))
  const [entry, another] = readBoxes(sampleEntry)
  if (!entry || another) refuse('A track must have exactly one sample entry.')
  const readConfiguration = configurationReaders[entry.type]
  if (!readConfiguration) refuse('The track is of an unknown kind.', { sampleEntry: entry.type })
  const fields = isAudio(entry.type) ? readAudioFields(entry.body) : readVideoFields(entry.body)
  const children = entry.body.subarray(isAudio(entry.type) ? 28 : 78)
  return { sampleEntry, ...readConfiguration(children), ...fields }
}

function isAudio(type: string): boolean {
  return type === 'mp4a' || type === 'Opus'
}

function readVideoFields(body: Buffer): Pick<ParsedVideoInit, 'kind' | 'width' | 'height'> {
  const cursor = new Cursor(body).skip(24)
  return { kind: 'video', width: cursor.readU16(), height: cursor.readU16() }
}

function readAudioFields(body: Buffer): AudioFields {
  const cursor = new Cursor(body).skip(16)
  return { kind: 'audio', channels: cursor.readU16(), sampleRate: cursor.skip(6).readU16() }
}
