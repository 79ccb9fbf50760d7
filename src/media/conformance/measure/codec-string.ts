/**
 * The `codecs` parameter (RFC 6381, ISO/IEC 14496-15 annex E, VP and AV1 in ISOBMFF) of a sample
 * entry, from its configuration box. Written apart from the writer's own, so that the two can
 * disagree. Null when the box is missing or too short.
 */
export function buildCodecString(entry: string, configuration: Buffer | null): string | null {
  const build = builders[entry]
  if (!build) return configuration === null ? entry : null
  try {
    return configuration ? build(entry, configuration) : null
  } catch (error) {
    if (error instanceof RangeError) return null
    throw error
  }
}

/** The box inside the sample entry that configures the decoder. */
export const configurationBoxes: Readonly<Record<string, string>> = {
  avc1: 'avcC',
  avc3: 'avcC',
  hvc1: 'hvcC',
  hev1: 'hvcC',
  vp09: 'vpcC',
  av01: 'av1C',
  mp4a: 'esds',
}

type Build = (entry: string, configuration: Buffer) => string | null

const builders: Readonly<Record<string, Build>> = {
  avc1: buildAvc,
  avc3: buildAvc,
  hvc1: buildHevc,
  hev1: buildHevc,
  vp09: buildVp9,
  av01: buildAv1,
  mp4a: buildMp4Audio,
}

function buildAvc(entry: string, avcC: Buffer): string | null {
  return avcC.length < 4 ? null : `${entry}.${avcC.subarray(1, 4).toString('hex')}`
}

function buildHevc(entry: string, hvcC: Buffer): string {
  const first = hvcC.readUInt8(1)
  const space = ['', 'A', 'B', 'C'][first >> 6] ?? ''
  const tier = first & 0x20 ? 'H' : 'L'
  const constraints = [...hvcC.subarray(6, 12)].map((byte) => byte.toString(16).toUpperCase())
  while (constraints.at(-1) === '0') constraints.pop()
  const compatibility = reverseBits(hvcC.readUInt32BE(2)).toString(16).toUpperCase()
  const head = `${entry}.${space}${first & 0x1f}.${compatibility}.${tier}${hvcC.readUInt8(12)}`
  return [head, ...constraints].join('.')
}

function reverseBits(value: number): number {
  return Number.parseInt(value.toString(2).padStart(32, '0').split('').toReversed().join(''), 2)
}

function buildVp9(entry: string, vpcC: Buffer): string {
  const [profile, level, depth] = [vpcC.readUInt8(4), vpcC.readUInt8(5), vpcC.readUInt8(6) >> 4]
  return [entry, twoDigits(profile), twoDigits(level), twoDigits(depth)].join('.')
}

function buildAv1(entry: string, av1C: Buffer): string {
  const [second, third] = [av1C.readUInt8(1), av1C.readUInt8(2)]
  const tier = third & 0x80 ? 'H' : 'M'
  const depth = third & 0x40 ? (third & 0x20 ? 12 : 10) : 8
  return `${entry}.${second >> 5}.${twoDigits(second & 0x1f)}${tier}.${twoDigits(depth)}`
}

function twoDigits(value: number): string {
  return String(value).padStart(2, '0')
}

/** Finds the DecoderConfigDescriptor (tag 4) and the AudioSpecificConfig (tag 5) in an `esds`. */
function buildMp4Audio(entry: string, esds: Buffer): string | null {
  const decoder = findDescriptor(esds.subarray(4), 0x04)
  if (!decoder) return null
  const objectType = decoder.readUInt8(0)
  if (objectType !== 0x40) return `${entry}.${objectType.toString(16).padStart(2, '0')}`
  const specific = findDescriptor(decoder.subarray(13), 0x05)
  if (!specific) return null
  const audioObjectType = specific.readUInt8(0) >> 3
  const escaped = 32 + ((specific.readUInt16BE(0) >> 5) & 0x3f)
  return `${entry}.40.${audioObjectType === 31 ? escaped : audioObjectType}`
}

/** ISO/IEC 14496-1 section 7.2.6: an ES_Descriptor (tag 3) wraps the others. */
function findDescriptor(bytes: Buffer, wanted: number): Buffer | null {
  for (let position = 0; position + 2 <= bytes.length; ) {
    const tag = bytes.readUInt8(position++)
    let length = 0
    for (let count = 0; count < 4; count++) {
      const byte = bytes.readUInt8(position++)
      length = (length << 7) | (byte & 0x7f)
      if (!(byte & 0x80)) break
    }
    const body = bytes.subarray(position, position + length)
    if (tag === wanted) return body
    if (tag === 0x03) return findDescriptor(body.subarray(skipStreamFields(body)), wanted)
    position += length
  }
  return null
}

/** ES_ID and flags, then what the flags announce. */
function skipStreamFields(body: Buffer): number {
  const flags = body.readUInt8(2)
  const url = flags & 0x40 ? 1 + body.readUInt8(3 + (flags & 0x80 ? 2 : 0)) : 0
  return 3 + (flags & 0x80 ? 2 : 0) + url + (flags & 0x20 ? 2 : 0)
}
