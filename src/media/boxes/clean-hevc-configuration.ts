import { Cursor } from './cursor.ts'

/** Supplemental information before and after a picture (ITU-T H.265, table 7-1). */
const supplementTypes: ReadonlySet<number> = new Set([39, 40])

/** Profile, level and the like, up to the number of arrays. */
const fieldBytes = 22

interface UnitArray {
  readonly type: number
  /** With its header. */
  readonly bytes: Buffer
}

/**
 * The body of an `hvcC` without supplemental information (ISO/IEC 14496-15 section 8.3.3.1): x265
 * writes there which processor it ran on and with how many threads, so the parameter sets of two
 * machines would differ. No decoder needs it.
 */
export function cleanHevcConfiguration(body: Buffer): Buffer {
  const cursor = new Cursor(body)
  const fields = cursor.readBytes(fieldBytes)
  const count = cursor.readU8()
  const arrays = Array.from({ length: count }, () => readUnitArray(body, cursor))
  const kept = arrays.filter(({ type }) => !supplementTypes.has(type))
  return Buffer.concat([fields, Buffer.from([kept.length]), ...kept.map(({ bytes }) => bytes)])
}

function readUnitArray(body: Buffer, cursor: Cursor): UnitArray {
  const start = cursor.position
  const type = cursor.readU8() & 0x3f
  const units = cursor.readU16()
  for (let unit = 0; unit < units; unit++) cursor.skip(cursor.readU16())
  return { type, bytes: body.subarray(start, cursor.position) }
}
