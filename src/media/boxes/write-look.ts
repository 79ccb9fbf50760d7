import type { Rational } from '../rational.ts'
import { writeBox, writeU32 } from './write-box.ts'

/** Colour as ffmpeg names it. */
export interface Color {
  readonly space: string
  readonly primaries: string
  readonly transfer: string
}

/** How the pictures of a track are to be shown. */
export interface Look {
  readonly color: Color
  /** Width to height of a pixel. */
  readonly pixelAspect: Rational
}

/** ITU-T H.273 tables 2 to 4, by ffmpeg's names; what is listed by several is of one code. */
const primariesCodes: Readonly<Record<string, number>> = {
  bt709: 1,
  bt470m: 4,
  bt470bg: 5,
  smpte170m: 6,
  smpte240m: 7,
  film: 8,
  bt2020: 9,
  smpte428: 10,
  smpte431: 11,
  smpte432: 12,
  ebu3213: 22,
}
const transferCodes: Readonly<Record<string, number>> = {
  bt709: 1,
  gamma22: 4,
  bt470m: 4,
  gamma28: 5,
  bt470bg: 5,
  smpte170m: 6,
  smpte240m: 7,
  linear: 8,
  log100: 9,
  log316: 10,
  'iec61966-2-4': 11,
  bt1361e: 12,
  'iec61966-2-1': 13,
  'bt2020-10': 14,
  'bt2020-12': 15,
  smpte2084: 16,
  smpte428: 17,
  'arib-std-b67': 18,
}
const matrixCodes: Readonly<Record<string, number>> = {
  bt709: 1,
  fcc: 4,
  bt470bg: 5,
  smpte170m: 6,
  smpte240m: 7,
  ycgco: 8,
  bt2020nc: 9,
  bt2020c: 10,
  smpte2085: 11,
  'chroma-derived-nc': 12,
  'chroma-derived-c': 13,
  ictcp: 14,
}
const unspecified = 2

/** ISO/IEC 14496-12 section 12.1.5; always limited range. */
export function writeColor({ space, primaries, transfer }: Color): Buffer {
  const codes = Buffer.alloc(7)
  codes.writeUInt16BE(primariesCodes[primaries] ?? unspecified, 0)
  codes.writeUInt16BE(transferCodes[transfer] ?? unspecified, 2)
  codes.writeUInt16BE(matrixCodes[space] ?? unspecified, 4)
  return writeBox('colr', Buffer.from('nclx'), codes)
}

/** Section 12.1.4. */
export function writePixelAspect([horizontal, vertical]: Rational): Buffer {
  return writeBox('pasp', writeU32(horizontal, vertical))
}
