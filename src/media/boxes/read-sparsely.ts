import { parseFragment } from './parse-fragment.ts'
import { refuse } from './refuse.ts'
import type { TrackDefaults } from './track-defaults.ts'

interface SparseReading {
  readonly sizeBytes: number
  /** So many bytes from `position` on. */
  readonly read: (position: number, bytes: number) => Promise<Buffer>
  /** Those of the track's init: the first sample of every fragment is then read to its end. */
  readonly trackDefaults?: TrackDefaults
  /** Most `moof` boxes, and most first pictures to their headers, fit into one reading. */
  readonly windowBytes?: number
}

const usualWindowBytes = 64 * 1024
/** A fragment of an hour of pictures takes half of it. */
const longestMoofBytes = 4 * 1024 ** 2
/** Headers of two boxes stand here; a segment has some groups of pictures, or one fragment. */
const mostBoxes = 4096

/**
 * A segment of which only the boxes, and of every fragment the first sample, were read; in between it
 * is zeros. So what a runner put into a bucket is judged by a few readings, a tenth of its bytes or
 * so. Bytes that are not boxes fail with `segment_refused`.
 */
export async function readSparsely(reading: SparseReading): Promise<Buffer> {
  const window = openWindow(reading)
  const { bytes, fill } = window
  let moofAt: number | null = null
  let boxes = 0
  for (let offset = 0; offset < bytes.length; ) {
    if (++boxes > mostBoxes) refuse('There are too many boxes.')
    await fill(offset, Math.min(16, bytes.length - offset))
    const { type, size } = readHeader(bytes, offset)
    if (type === 'moof') {
      if (size > longestMoofBytes) refuse('A moof is too large.')
      await fill(offset, size)
      moofAt = offset
    } else if (type === 'mdat' && moofAt !== null && reading.trackDefaults) {
      const fragment = parseFragment(bytes.subarray(moofAt, offset + size), reading.trackDefaults)
      const first = fragment.samples[0]
      if (first) await fill(moofAt + first.offset, first.bytes)
    }
    offset += size
  }
  return bytes
}

/** The segment's bytes, and how parts of them come to be there: at least a window at once. */
function openWindow({ sizeBytes, read, windowBytes = usualWindowBytes }: SparseReading) {
  const bytes = Buffer.alloc(sizeBytes)
  let start = 0
  let end = 0
  const fill = async (position: number, length: number): Promise<void> => {
    if (position >= start && position + length <= end) return
    const from = position >= start && position < end ? end : position
    const wanted = Math.min(Math.max(windowBytes, position + length - from), sizeBytes - from)
    const part = await read(from, wanted)
    if (part.length !== wanted) refuse('The segment ends before its end.')
    part.copy(bytes, from)
    start = position >= start && position < end ? start : from
    end = from + wanted
  }
  return { bytes, fill }
}

function readHeader(bytes: Buffer, offset: number): { type: string; size: number } {
  if (offset + 8 > bytes.length) refuse('A box is cut off.')
  const size32 = bytes.readUInt32BE(offset)
  if (size32 === 1 && offset + 16 > bytes.length) refuse('A box is cut off.')
  const long = size32 === 1 ? Number(bytes.readBigUInt64BE(offset + 8)) : size32
  const size = size32 === 0 ? bytes.length - offset : long
  if (size < 8 || offset + size > bytes.length) refuse('The size of a box is wrong.')
  return { type: bytes.toString('latin1', offset + 4, offset + 8), size }
}
