import { openFullBox, readBoxes } from '../../boxes/box.ts'
import type { ByteRange } from '../source/source.ts'

export interface IndexEntry {
  readonly range: ByteRange
  readonly startSeconds: number
  readonly seconds: number
}

/**
 * The segments that a `sidx` lists (ISO/IEC 14496-12 section 8.16.3), or null when the bytes hold
 * none. Offsets count from the end of the box, which lies at `offset` of the file.
 */
export function readIndex(bytes: Buffer, offset: number): IndexEntry[] | null {
  const box = readBoxes(bytes).find(({ type }) => type === 'sidx')
  if (!box) return null
  const { version, cursor } = openFullBox(box)
  cursor.skip(4)
  const timescale = cursor.readU32() || 1
  let ticks = version === 0 ? cursor.readU32() : cursor.readU64()
  const firstOffset = version === 0 ? cursor.readU32() : cursor.readU64()
  let position = offset + box.offset + box.size + firstOffset
  const count = cursor.skip(2).readU16()
  return Array.from({ length: count }, () => {
    const length = cursor.readU32() & 0x7fff_ffff
    const duration = cursor.readU32()
    cursor.skip(4)
    const range = { offset: position, length }
    const entry = { range, startSeconds: ticks / timescale, seconds: duration / timescale }
    position += length
    ticks += duration
    return entry
  })
}
