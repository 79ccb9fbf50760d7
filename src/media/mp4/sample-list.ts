import { type Box, findBox, openFullBox, requireBox } from '../boxes/box.ts'
import { refuse } from '../boxes/refuse.ts'

/** A coded picture or frame of sound of a plain MP4. */
export interface FileSample {
  /** From the start of the file. */
  readonly offset: number
  readonly bytes: number
  readonly decodeTime: number
  readonly presentationTime: number
  readonly durationTicks: number
}

interface Limits {
  /** A track of more samples is refused before its tables are read. */
  readonly maxSamples: number
  readonly fileBytes: number
}

/**
 * The samples that an `stbl` lists, in the order of decoding (ISO/IEC 14496-12 sections 8.6.1, 8.7.3
 * to 8.7.5). Tables that do not agree with each other, and samples outside of the file, fail with
 * `segment_refused`; so a table of billions costs nothing.
 */
export function listSamples(stbl: Buffer, { maxSamples, fileBytes }: Limits): FileSample[] {
  const sizes = readSizes(requireBox(stbl, 'stsz'), maxSamples)
  // Samples that share bytes would make more of a file than there is.
  if (sizes.reduce((sum, bytes) => sum + bytes, 0) > fileBytes) refuse('The samples overlap.')
  const offsets = placeSamples(stbl, sizes)
  const durations = readTimes(requireBox(stbl, 'stts'), sizes.length)
  const ctts = findBox(stbl, 'ctts')
  const shifts = ctts ? readTimes(ctts, sizes.length) : null
  let decodeTime = 0
  return sizes.map((bytes, index) => {
    const [offset = 0, durationTicks = 0] = [offsets[index], durations[index]]
    if (bytes === 0 || offset + bytes > fileBytes) refuse('A sample lies outside of the file.')
    const presentationTime = decodeTime + (shifts?.[index] ?? 0)
    const sample = { offset, bytes, decodeTime, presentationTime, durationTicks }
    decodeTime += durationTicks
    return sample
  })
}

function readSizes(stsz: Box, maxSamples: number): number[] {
  const { cursor } = openFullBox(stsz)
  const common = cursor.readU32()
  const count = cursor.readU32()
  if (count > maxSamples) refuse('There are too many samples.', { count, maxSamples })
  return Array.from({ length: count }, () => (common === 0 ? cursor.readU32() : common))
}

/** One value for each sample, from runs of [count, value]; offsets may be negative. */
function readTimes(box: Box, samples: number): number[] {
  const { cursor } = openFullBox(box)
  const runs = cursor.readU32()
  const values: number[] = []
  for (let run = 0; run < runs; run++) {
    const count = cursor.readU32()
    const value = box.type === 'ctts' ? cursor.readI32() : cursor.readU32()
    if (values.length + count > samples) refuse(`The ${box.type} has too many samples.`)
    for (let index = 0; index < count; index++) values.push(value)
  }
  if (values.length !== samples) refuse(`The ${box.type} has too few samples.`)
  return values
}

/** Where each sample starts: chunk after chunk, each as long as `stsc` says. */
function placeSamples(stbl: Buffer, sizes: readonly number[]): number[] {
  const starts = readChunkOffsets(stbl)
  const runs = readChunkLengths(requireBox(stbl, 'stsc'))
  const offsets: number[] = []
  let run = 0
  for (const [index, start] of starts.entries()) {
    while ((runs[run + 1]?.firstChunk ?? Number.POSITIVE_INFINITY) <= index + 1) run += 1
    let offset = start
    const end = Math.min(sizes.length, offsets.length + (runs[run]?.samples ?? 0))
    while (offsets.length < end) {
      const size = sizes[offsets.length] ?? 0
      offsets.push(offset)
      offset += size
    }
  }
  if (offsets.length !== sizes.length) refuse('There are samples that lie nowhere.')
  return offsets
}

function readChunkOffsets(stbl: Buffer): number[] {
  const long = findBox(stbl, 'co64')
  const { cursor } = openFullBox(long ?? requireBox(stbl, 'stco'))
  const count = cursor.readU32()
  if (count * (long ? 8 : 4) > cursor.remaining) refuse('The table of chunks is cut off.')
  return Array.from({ length: count }, () => (long ? cursor.readU64() : cursor.readU32()))
}

function readChunkLengths(stsc: Box): { firstChunk: number; samples: number }[] {
  const { cursor } = openFullBox(stsc)
  const count = cursor.readU32()
  if (count * 12 > cursor.remaining) refuse('The table of chunks is cut off.')
  return Array.from({ length: count }, () => {
    const entry = { firstChunk: cursor.readU32(), samples: cursor.readU32() }
    cursor.skip(4)
    return entry
  })
}
