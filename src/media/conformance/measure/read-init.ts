import { type Box, findBox, openFullBox, readBoxes } from '../../boxes/box.ts'
import { Cursor } from '../../boxes/cursor.ts'
import { buildCodecString, configurationBoxes } from './codec-string.ts'
import type { InitFacts, SampleDefaults, StreamFacts, StreamKind } from './facts.ts'

/**
 * The facts of an init segment, with all of its tracks (ISO/IEC 14496-12 section 8). Fails with
 * `segment_refused` when the boxes are damaged: the caller makes a finding of it.
 */
export function readInit(bytes: Buffer, where: string): InitFacts {
  const boxes = readBoxes(bytes)
  const fileType = boxes.find((box) => box.type === 'ftyp')
  const movie = boxes.find((box) => box.type === 'moov')
  const tracks = movie ? readBoxes(movie.body).filter((box) => box.type === 'trak') : []
  const extensions = movie ? findBox(movie.body, 'mvex') : null
  return {
    where,
    brands: fileType ? readBrands(fileType.body) : [],
    streams: tracks.flatMap((track) => readStream(track, extensions) ?? []),
    hasMovieExtends: extensions !== null && findBox(extensions.body, 'trex') !== null,
    holdsSamples: tracks.some(hasSamples),
  }
}

function readBrands(body: Buffer): string[] {
  const brands = [body.toString('latin1', 0, 4)]
  for (let at = 8; at + 4 <= body.length; at += 4) brands.push(body.toString('latin1', at, at + 4))
  return brands
}

function hasSamples(track: Box): boolean {
  const sizes = findBox(track.body, 'mdia', 'minf', 'stbl', 'stsz')
  return sizes !== null && openFullBox(sizes).cursor.skip(4).readU32() > 0
}

const kinds: Readonly<Record<string, StreamKind>> = {
  vide: 'video',
  soun: 'audio',
  text: 'text',
  subt: 'text',
}

function readStream(track: Box, extensions: Box | null): StreamFacts | null {
  const header = findBox(track.body, 'tkhd')
  const mediaHeader = findBox(track.body, 'mdia', 'mdhd')
  const handler = findBox(track.body, 'mdia', 'hdlr')
  const description = findBox(track.body, 'mdia', 'minf', 'stbl', 'stsd')
  if (!header || !mediaHeader || !handler || !description) return null
  const id = readAfterTimes(header)
  const kind = kinds[openFullBox(handler).cursor.skip(4).readBytes(4).toString('latin1')] ?? 'other'
  return {
    id,
    kind,
    timescale: readAfterTimes(mediaHeader),
    ...readEntry(description, kind),
    editStartTicks: readEditStart(track),
    defaults: readDefaults(extensions, id),
  }
}

/** The field that follows the creation and modification times of `tkhd` and `mdhd`. */
function readAfterTimes(box: Box): number {
  const { version, cursor } = openFullBox(box)
  return cursor.skip(version === 1 ? 16 : 8).readU32()
}

type EntryFacts = Omit<StreamFacts, 'id' | 'kind' | 'timescale' | 'editStartTicks' | 'defaults'>

function readEntry(description: Box, kind: StreamKind): EntryFacts {
  const { cursor } = openFullBox(description)
  const [entry] = readBoxes(cursor.skip(4).readBytes(cursor.remaining))
  if (!entry) return nothingKnown('none')
  const wanted = configurationBoxes[entry.type]
  const fixedBytes = kind === 'video' ? 78 : kind === 'audio' ? 28 : entry.body.length
  const configuration = wanted ? findConfiguration(entry.body.subarray(fixedBytes), wanted) : null
  return {
    ...nothingKnown(entry.type),
    codecs: buildCodecString(entry.type, configuration),
    ...(kind === 'video' ? readPicture(entry.body) : {}),
    ...(kind === 'audio' ? readSound(entry.body) : {}),
    nalLengthBytes: readNalLength(wanted, configuration),
  }
}

function nothingKnown(entry: string): EntryFacts {
  const unknown = { width: null, height: null, color: null, channels: null, sampleRate: null }
  return { entry, codecs: null, nalLengthBytes: null, ...unknown }
}

/** Walks by hand: sound entries of QuickTime have more fixed fields, which are no boxes. */
function findConfiguration(bytes: Buffer, wanted: string): Buffer | null {
  const at = bytes.indexOf(wanted, 4, 'latin1')
  if (at < 4) return null
  const size = bytes.readUInt32BE(at - 4)
  return bytes.subarray(at + 4, at - 4 + size)
}

function readPicture(body: Buffer): Pick<StreamFacts, 'width' | 'height' | 'color'> {
  const cursor = new Cursor(body, 24)
  const [width, height] = [cursor.readU16(), cursor.readU16()]
  const colr = findConfiguration(body.subarray(78), 'colr')
  const told = colr !== null && colr.length >= 8 && colr.toString('latin1', 0, 4) === 'nclx'
  const color = told ? { primaries: colr.readUInt16BE(4), transfer: colr.readUInt16BE(6) } : null
  return { width, height, color }
}

function readSound(body: Buffer): { channels: number; sampleRate: number } {
  const channels = new Cursor(body, 16).readU16()
  return { channels, sampleRate: new Cursor(body, 24).readU32() / 65_536 }
}

function readNalLength(box: string | undefined, configuration: Buffer | null): number | null {
  const position = box === 'avcC' ? 4 : box === 'hvcC' ? 21 : null
  const byte = position === null ? undefined : configuration?.[position]
  return byte === undefined ? null : (byte & 3) + 1
}

/** `media_time` of the first edit that is not empty (-1). */
function readEditStart(track: Box): number {
  const list = findBox(track.body, 'edts', 'elst')
  if (!list) return 0
  const { version, cursor } = openFullBox(list)
  const count = cursor.readU32()
  for (let index = 0; index < count; index++) {
    cursor.skip(version === 1 ? 8 : 4)
    const mediaTime = version === 1 ? cursor.readI64() : cursor.readI32()
    cursor.skip(4)
    if (mediaTime >= 0) return mediaTime
  }
  return 0
}

function readDefaults(extensions: Box | null, trackId: number): SampleDefaults {
  for (const box of extensions ? readBoxes(extensions.body) : []) {
    if (box.type !== 'trex') continue
    const { cursor } = openFullBox(box)
    if (cursor.readU32() !== trackId) continue
    cursor.skip(4)
    const [durationTicks, bytes] = [cursor.readU32(), cursor.readU32()]
    return { durationTicks, bytes, sampleFlags: cursor.readU32() }
  }
  return { durationTicks: 0, bytes: 0, sampleFlags: 0 }
}
