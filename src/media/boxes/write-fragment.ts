import type { Sample } from './sample-run.ts'
import { writeBox, writeBoxHeader, writeFullBox, writeU32, writeU64 } from './write-box.ts'

/** A fragment's place in its track. */
export interface FragmentPlace {
  /** From 1, growing by one with each fragment of the track. */
  readonly sequenceNumber: number
  /** Decode time of the first sample, in ticks. */
  readonly baseDecodeTime: number
}

/** What a sample's row in a `trun` needs. */
export type SampleRow = Omit<Sample, 'offset'>

interface FragmentParts extends FragmentPlace {
  readonly trackId: number
  readonly rows: readonly SampleRow[]
  /** The samples' bytes in the order of the rows, in as many pieces as is convenient. */
  readonly data: readonly Buffer[]
}

interface Run {
  readonly flags: number
  readonly rows: readonly number[]
}

const tfhdFlags = 0x20038
/** ISO/IEC 14496-12 section 8.8.3.1: depends on no other sample and is a sync sample, or neither. */
const sampleFlags = { sync: 0x02000000, other: 0x01010000 }

/**
 * A fragment (`moof`, `mdat`) of one track. What the samples have in common stands in its `tfhd`, as
 * CMAF's stricter brand `cmf2` wants it, the rest in one `trun` of version 1.
 */
export function writeFragment(parts: FragmentParts): Buffer {
  return Buffer.concat(layOutFragment(parts))
}

/** The same in pieces, of which `data` are some: the bytes of pictures are many, and not copied. */
export function layOutFragment(parts: FragmentParts): readonly Buffer[] {
  const header = writeBoxHeader('mdat', sizeOf(parts.data))
  // The data offset counts from the moof, whose size does not depend on it.
  const dataOffset = writeMoof(parts, 0).length + header.length
  return [writeMoof(parts, dataOffset), header, ...parts.data]
}

function sizeOf(data: readonly Buffer[]): number {
  return data.reduce((sum, each) => sum + each.length, 0)
}

function writeMoof({ trackId, rows, ...place }: FragmentParts, dataOffset: number): Buffer {
  const duration = rows[0]?.durationTicks ?? 0
  const size = rows[0]?.bytes ?? 0
  const usual = toFlags(rows.at(-1)?.isSync ?? true)
  const run = describeRun(rows)
  return writeBox(
    'moof',
    writeFullBox('mfhd', {}, writeU32(place.sequenceNumber)),
    writeBox(
      'traf',
      writeFullBox('tfhd', { flags: tfhdFlags }, writeU32(trackId, duration, size, usual)),
      writeFullBox('tfdt', { version: 1 }, writeU64(place.baseDecodeTime)),
      writeFullBox(
        'trun',
        { version: 1, flags: run.flags },
        writeU32(rows.length, dataOffset, ...run.rows),
      ),
    ),
  )
}

/** Which fields the run must have, and their values sample by sample. */
function describeRun(rows: readonly SampleRow[]): Run {
  const [first, ...others] = rows
  const sameDurations = rows.every((row) => row.durationTicks === first?.durationTicks)
  const sameOffsets = rows.every((row) => row.compositionOffset === 0)
  const sameFlags = others.every((row) => row.isSync === rows.at(-1)?.isSync)
  const onlyFirstDiffers = sameFlags && first?.isSync !== rows.at(-1)?.isSync
  const flags =
    0x201 |
    (onlyFirstDiffers ? 0x4 : 0) |
    (sameDurations ? 0 : 0x100) |
    (sameFlags ? 0 : 0x400) |
    (sameOffsets ? 0 : 0x800)
  const values = rows.flatMap((row) => [
    ...(sameDurations ? [] : [row.durationTicks]),
    row.bytes,
    ...(sameFlags ? [] : [toFlags(row.isSync)]),
    ...(sameOffsets ? [] : [row.compositionOffset]),
  ])
  return { flags, rows: onlyFirstDiffers ? [toFlags(first?.isSync ?? true), ...values] : values }
}

function toFlags(isSync: boolean): number {
  return isSync ? sampleFlags.sync : sampleFlags.other
}
