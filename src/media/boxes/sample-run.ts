import { type Box, openFullBox } from './box.ts'
import type { Cursor } from './cursor.ts'
import { refuse } from './refuse.ts'
import type { TrackDefaults } from './track-defaults.ts'

/** One coded picture or audio frame of a fragment. */
export interface Sample {
  readonly durationTicks: number
  readonly bytes: number
  /** Presentation time minus decode time, in ticks; may be negative. */
  readonly compositionOffset: number
  /** What the flags claim: nothing before it is needed to decode it. */
  readonly isSync: boolean
  /** From the start of the fragment's `moof`. */
  readonly offset: number
}

/** Where a run may lie, and what its samples are by default. */
interface Surroundings {
  readonly defaults: TrackDefaults
  /** Where the samples start when the run does not say. */
  readonly start: number
  /** The bytes that belong to the `mdat`. */
  readonly extent: { readonly start: number; readonly end: number }
}

const dataOffsetPresent = 0x1
const firstFlagsPresent = 0x4
const durationPresent = 0x100
const sizePresent = 0x200
const flagsPresent = 0x400
const compositionOffsetPresent = 0x800
const nonSync = 0x10000

/**
 * Reads a `trun` (ISO/IEC 14496-12 section 8.8.8). Samples without bytes or outside of the `mdat`
 * are refused, so that a count of billions costs nothing.
 */
export function readRun(trun: Box, { defaults, start, extent }: Surroundings): Sample[] {
  const { version, flags, cursor } = openFullBox(trun)
  const count = cursor.readU32()
  let offset = flags & dataOffsetPresent ? cursor.readI32() : start
  const firstFlags = flags & firstFlagsPresent ? cursor.readU32() : defaults.flags
  if (offset < extent.start) refuse('A sample lies outside of its mdat.')
  const samples: Sample[] = []
  for (let index = 0; index < count; index++) {
    const durationTicks = flags & durationPresent ? cursor.readU32() : defaults.durationTicks
    const bytes = flags & sizePresent ? cursor.readU32() : defaults.bytes
    const byDefault = index === 0 ? firstFlags : defaults.flags
    const sampleFlags = flags & flagsPresent ? cursor.readU32() : byDefault
    const compositionOffset = flags & compositionOffsetPresent ? readOffset(cursor, version) : 0
    const isSync = (sampleFlags & nonSync) === 0
    if (bytes === 0 || offset + bytes > extent.end) refuse('A sample lies outside of its mdat.')
    samples.push({ durationTicks, bytes, compositionOffset, isSync, offset })
    offset += bytes
  }
  return samples
}

function readOffset(cursor: Cursor, version: number): number {
  return version === 0 ? cursor.readU32() : cursor.readI32()
}
