import { readAacConfiguration } from './aac-configuration.ts'
import { requireBox } from './box.ts'
import { Cursor } from './cursor.ts'
import { refuse } from './refuse.ts'

/** What the configuration box in a sample entry says. */
export interface CodecConfiguration {
  readonly codec: 'h264' | 'hevc' | 'vp9' | 'av1' | 'aac' | 'opus'
  /** RFC 6381: "avc1.640028". */
  readonly codecs: string
  /** Bytes of the length before each NAL unit; null for codecs without NAL units. */
  readonly nalLengthBytes: number | null
}

/** A reader of the boxes inside a sample entry, for every kind of entry that may be in a stream. */
export const configurationReaders: Readonly<
  Record<string, ((children: Buffer) => CodecConfiguration) | undefined>
> = { avc1: readAvc, hvc1: readHevc, vp09: readVp9, av01: readAv1, mp4a: readAac, Opus: readOpus }

/** ISO/IEC 14496-15 section 5.3.3.1. */
function readAvc(children: Buffer): CodecConfiguration {
  const cursor = new Cursor(requireBox(children, 'avcC').body).skip(1)
  const codecs = `avc1.${cursor.readBytes(3).toString('hex')}`
  return { codec: 'h264', codecs, nalLengthBytes: (cursor.readU8() & 3) + 1 }
}

/** ISO/IEC 14496-15 section 8.3.3.1; the string is that of its annex E.3. */
function readHevc(children: Buffer): CodecConfiguration {
  const { body } = requireBox(children, 'hvcC')
  const cursor = new Cursor(body).skip(1)
  const profile = cursor.readU8()
  const compatibility = reverseBits(cursor.readU32()).toString(16)
  const constraints = cursor.readBytes(6)
  const level = cursor.readU8()
  const space = ['', 'A', 'B', 'C'][profile >> 6] ?? ''
  const tier = profile & 0x20 ? 'H' : 'L'
  const parts = ['hvc1', `${space}${profile & 0x1f}`, compatibility, `${tier}${level}`]
  const last = constraints.findLastIndex((byte) => byte !== 0)
  for (const byte of constraints.subarray(0, last + 1)) parts.push(byte.toString(16))
  return {
    codec: 'hevc',
    codecs: parts.join('.'),
    nalLengthBytes: (new Cursor(body, 21).readU8() & 3) + 1,
  }
}

function reverseBits(value: number): number {
  let reversed = 0
  for (let bit = 0; bit < 32; bit++) reversed = (reversed << 1) | ((value >>> bit) & 1)
  return reversed >>> 0
}

/** https://www.webmproject.org/vp9/mp4/: the short form, unless colours are out of the ordinary. */
function readVp9(children: Buffer): CodecConfiguration {
  const cursor = new Cursor(requireBox(children, 'vpcC').body).skip(4)
  const profile = cursor.readU8()
  const level = cursor.readU8()
  const packed = cursor.readU8()
  const colours = [...cursor.readBytes(3)]
  const chroma = (packed >> 1) & 7
  const short = [profile, level, packed >> 4]
  // 1 is BT.709, 2 "unspecified": both are what the short form stands for.
  const ordinary = chroma <= 1 && (packed & 1) === 0 && colours.every((value) => value <= 2)
  const numbers = ordinary ? short : [...short, chroma, ...colours, packed & 1]
  const codecs = ['vp09', ...numbers.map(twoDigits)].join('.')
  return { codec: 'vp9', codecs, nalLengthBytes: null }
}

/** https://aomediacodec.github.io/av1-isobmff/#codecsparam, the short form. */
function readAv1(children: Buffer): CodecConfiguration {
  const cursor = new Cursor(requireBox(children, 'av1C').body).skip(1)
  const profileAndLevel = cursor.readU8()
  const flags = cursor.readU8()
  const depth = flags & 0x40 ? (flags & 0x20 ? 12 : 10) : 8
  const level = `${twoDigits(profileAndLevel & 0x1f)}${flags & 0x80 ? 'H' : 'M'}`
  const codecs = `av01.${profileAndLevel >> 5}.${level}.${twoDigits(depth)}`
  return { codec: 'av1', codecs, nalLengthBytes: null }
}

function readAac(children: Buffer): CodecConfiguration {
  const { objectType, audioObjectType } = readAacConfiguration(requireBox(children, 'esds'))
  if (objectType !== 0x40) refuse('An mp4a track does not hold AAC.', { objectType })
  return { codec: 'aac', codecs: `mp4a.40.${audioObjectType}`, nalLengthBytes: null }
}

function readOpus(children: Buffer): CodecConfiguration {
  requireBox(children, 'dOps')
  return { codec: 'opus', codecs: 'opus', nalLengthBytes: null }
}

function twoDigits(value: number): string {
  return String(value).padStart(2, '0')
}
