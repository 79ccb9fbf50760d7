import { readBoxes } from '../boxes/box.ts'
import { writeBox, writeU32 } from '../boxes/write-box.ts'
import { greatestCommonDivisor } from '../rational.ts'

interface Size {
  readonly width: number
  readonly height: number
}

/** Colour as ffmpeg names it. */
interface Color {
  readonly space: string
  readonly primaries: string
  readonly transfer: string
}

interface Dress {
  readonly stored: Size
  /** What it will be scaled to. */
  readonly scaled: Size
  /** What its pictures are taken for when they do not say it themselves. */
  readonly color: Color
}

const videoFieldBytes = 78
const replaced = new Set(['pasp', 'colr', 'btrt', 'clap'])

/** ITU-T H.273 tables 2 to 4, by ffmpeg's names. */
const primariesCodes: Readonly<Record<string, number>> = {
  bt709: 1,
  bt470m: 4,
  bt470bg: 5,
  smpte170m: 6,
  smpte240m: 7,
  film: 8,
  bt2020: 9,
}
const transferCodes: Readonly<Record<string, number>> = {
  bt709: 1,
  gamma22: 4,
  gamma28: 5,
  smpte170m: 6,
  smpte240m: 7,
  linear: 8,
  'iec61966-2-1': 13,
  'bt2020-10': 14,
  'bt2020-12': 15,
}
const matrixCodes: Readonly<Record<string, number>> = {
  bt709: 1,
  fcc: 4,
  bt470bg: 5,
  smpte170m: 6,
  smpte240m: 7,
  bt2020nc: 9,
  bt2020c: 10,
}
const unspecified = 2

/**
 * The sample entry of a small source file, made so that an encoder that only scales comes out right:
 * a pixel aspect that its rounding to even sizes turns into exactly 1:1, and the colour that all
 * renditions of the video are tagged with.
 */
export function dressEntry(sampleEntry: Buffer, { stored, scaled, color }: Dress): Buffer {
  const [entry] = readBoxes(sampleEntry)
  if (!entry) throw new TypeError('a sample entry is a box')
  const kept = readBoxes(entry.body.subarray(videoFieldBytes))
    .filter(({ type }) => !replaced.has(type))
    .map(({ type, body }) => writeBox(type, body))
  const fields = entry.body.subarray(0, videoFieldBytes)
  return writeBox(entry.type, fields, ...kept, writeAspect(stored, scaled), writeColor(color))
}

function writeAspect(stored: Size, scaled: Size): Buffer {
  const horizontal = scaled.width * stored.height
  const vertical = scaled.height * stored.width
  const divisor = greatestCommonDivisor(horizontal, vertical)
  return writeBox('pasp', writeU32(horizontal / divisor, vertical / divisor))
}

/** ISO/IEC 14496-12 section 12.1.5; always limited range. */
function writeColor({ space, primaries, transfer }: Color): Buffer {
  const codes = Buffer.alloc(7)
  codes.writeUInt16BE(primariesCodes[primaries] ?? unspecified, 0)
  codes.writeUInt16BE(transferCodes[transfer] ?? unspecified, 2)
  codes.writeUInt16BE(matrixCodes[space] ?? unspecified, 4)
  return writeBox('colr', Buffer.from('nclx'), codes)
}
