import { type Box, findBox, openFullBox, readBoxes, requireBox, requireOneBox } from './box.ts'
import { cleanSampleEntry } from './clean-sample-entry.ts'
import { parseInit } from './parse-init.ts'
import { writeBox, writeFullBox, writeU32 } from './write-box.ts'

interface Options {
  /**
   * Media time that is presented at 0, in the track's timescale: of sound, the encoder's priming,
   * which is decoded and not heard; of pictures, what `rewriteFragment` was told. 0: no edit list.
   */
  readonly leadTicks?: number
  /** BCP 47; left out when unknown. */
  readonly language?: string
}

/**
 * The init segment of a track for CMAF, made from ffmpeg's: brands of CMAF, no samples, nothing of
 * the encoder's making or naming, `mvex` with `trex`, and an edit list only where there is a lead to
 * skip (ISO/IEC 23000-19 sections 7.3.1 and 7.5). The timescale and the track id stay. Two inits
 * of the same parameter sets are equal, whichever build of ffmpeg made them, on whichever machine.
 */
export function writeInit(bytes: Buffer, { leadTicks = 0, language }: Options = {}): Buffer {
  const { trackId, codec } = parseInit(bytes)
  const moov = requireBox(bytes, 'moov').body
  const trak = requireBox(moov, 'trak').body
  // ISO/IEC 14496-12 section 8.8.3.1: sync or not is said in each fragment.
  const trex = writeFullBox('trex', {}, writeU32(trackId, 1, 0, 0, 0))
  return Buffer.concat([
    writeFileType([
      // Its section 7.2: no edit lists in tracks of this brand.
      ...(leadTicks > 0 ? [] : ['cmf2']),
      ...(codec === 'av1' ? ['av01'] : []),
    ]),
    writeBox(
      'moov',
      copyBox(requireBox(moov, 'mvhd')),
      writeBox(
        'trak',
        copyBox(requireBox(trak, 'tkhd')),
        ...(leadTicks > 0 ? [writeEditList(leadTicks)] : []),
        writeMedia(requireBox(trak, 'mdia').body, language),
      ),
      writeBox('mvex', trex),
    ),
  ])
}

function writeFileType(more: readonly string[]): Buffer {
  const brands = ['iso6', 'cmfc', ...more].join('')
  return writeBox('ftyp', Buffer.from('iso6'), writeU32(0), Buffer.from(brands))
}

/** One edit: from `mediaTime` on, to the end of whatever fragments follow (duration 0). */
function writeEditList(mediaTime: number): Buffer {
  return writeBox('edts', writeFullBox('elst', {}, writeU32(1, 0, mediaTime, 0x10000)))
}

function writeMedia(mdia: Buffer, language: string | undefined): Buffer {
  const minf = requireBox(mdia, 'minf').body
  const kind = findBox(minf, 'vmhd') ?? requireBox(minf, 'smhd')
  return writeBox(
    'mdia',
    writeMediaHeader(requireBox(mdia, 'mdhd'), language),
    copyBox(requireBox(mdia, 'hdlr')),
    ...(language ? [writeExtendedLanguage(language)] : []),
    writeBox('minf', copyBox(kind), copyBox(requireBox(minf, 'dinf')), writeSampleTable(minf)),
  )
}

/** ISO/IEC 14496-12 section 8.4.6. */
function writeExtendedLanguage(language: string): Buffer {
  return writeFullBox('elng', {}, Buffer.from(`${language}\0`))
}

/** `mdhd` has room for three letters: a two-letter language is only in `elng`. */
function writeMediaHeader(mdhd: Box, language: string | undefined): Buffer {
  const header = Buffer.from(copyBox(mdhd))
  const code = /^[a-z]{3}(?=$|-)/.exec(language ?? '')?.[0] ?? 'und'
  const packed = Buffer.from(code).reduce((sum, letter) => (sum << 5) | (letter - 0x60), 0)
  const offset = openFullBox(mdhd).version === 1 ? 32 : 20
  header.writeUInt16BE(packed, mdhd.headerBytes + offset)
  return header
}

function writeSampleTable(minf: Buffer): Buffer {
  const stsd = requireOneBox(requireBox(minf, 'stbl').body, 'stsd')
  const { cursor } = openFullBox(stsd)
  const [entry] = readBoxes(cursor.skip(4).readBytes(cursor.remaining))
  const none = (type: string) => writeFullBox(type, {}, writeU32(0))
  return writeBox(
    'stbl',
    writeFullBox('stsd', {}, writeU32(1), ...(entry ? [cleanSampleEntry(entry)] : [])),
    none('stts'),
    none('stsc'),
    writeFullBox('stsz', {}, writeU32(0, 0)),
    none('stco'),
  )
}

function copyBox({ type, body }: Box): Buffer {
  return writeBox(type, body)
}
