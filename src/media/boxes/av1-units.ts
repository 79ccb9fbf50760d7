import { Cursor } from './cursor.ts'

const sequenceHeader = 1
const frameHeaders: ReadonlySet<number> = new Set([3, 6])

/**
 * Whether an AV1 sample starts a sequence: a sequence header, then as the first frame a key frame
 * that is shown (AV1 Bitstream section 5.9.2, https://aomediacodec.github.io/av1-isobmff/#sync).
 */
export function isAv1KeyFrame(sample: Buffer): boolean {
  const cursor = new Cursor(sample)
  let hasSequenceHeader = false
  while (cursor.remaining > 0) {
    const header = cursor.readU8()
    const type = (header >> 3) & 15
    if (header & 4) cursor.skip(1)
    const size = header & 2 ? readLeb128(cursor) : cursor.remaining
    const body = cursor.readBytes(size)
    if (type === sequenceHeader) hasSequenceHeader = true
    // show_existing_frame 0, frame_type 0 (key), show_frame 1.
    if (frameHeaders.has(type)) return hasSequenceHeader && ((body[0] ?? 0xff) & 0xf0) === 0x10
  }
  return false
}

function readLeb128(cursor: Cursor): number {
  let value = 0
  for (let index = 0, byte = 0x80; byte & 0x80 && index < 5; index++) {
    byte = cursor.readU8()
    value += (byte & 0x7f) * 2 ** (7 * index)
  }
  return value
}
