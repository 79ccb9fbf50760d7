import { type Box, openFullBox } from './box.ts'
import { Cursor } from './cursor.ts'
import { refuse } from './refuse.ts'

/** What an `esds` says of the sound in it. */
export interface AacConfiguration {
  /** ISO/IEC 14496-1 table 5; 0x40 is MPEG-4 audio. */
  readonly objectType: number
  /** ISO/IEC 14496-3 table 1.17; 2 is AAC-LC. */
  readonly audioObjectType: number
}

const decoderConfigTag = 4
const decoderSpecificInfoTag = 5

/** Reads the descriptors of an `esds` (ISO/IEC 14496-1 section 7.2.6) down to the audio's own. */
export function readAacConfiguration(esds: Box): AacConfiguration {
  const { cursor } = openFullBox(esds)
  const { body } = readDescriptor(cursor)
  skipStreamFields(body)
  const config = readDescriptor(body, decoderConfigTag).body
  const objectType = config.readU8()
  const specific = readDescriptor(config.skip(12), decoderSpecificInfoTag).body
  const audioObjectType = specific.readU8() >> 3
  if (audioObjectType === 31) refuse('This kind of AAC is not understood.')
  return { objectType, audioObjectType }
}

/** The fields of an ES_Descriptor before its descriptors, some of which its flags announce. */
function skipStreamFields(body: Cursor): void {
  const flags = body.skip(2).readU8()
  if (flags & 0x80) body.skip(2)
  if (flags & 0x40) body.skip(body.readU8())
  if (flags & 0x20) body.skip(2)
}

function readDescriptor(cursor: Cursor, expectedTag = 3): { readonly body: Cursor } {
  const tag = cursor.readU8()
  if (tag !== expectedTag) refuse('The descriptors of an AAC track are out of order.', { tag })
  let size = 0
  for (let byte = 0x80, count = 0; byte & 0x80 && count < 4; count++) {
    byte = cursor.readU8()
    size = (size << 7) | (byte & 0x7f)
  }
  return { body: new Cursor(cursor.readBytes(size)) }
}
