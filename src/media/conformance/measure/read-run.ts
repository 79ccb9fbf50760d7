import { type Box, openFullBox } from '../../boxes/box.ts'
import type { SampleDefaults } from './facts.ts'

export interface RunSample {
  readonly durationTicks: number
  readonly bytes: number
  readonly isSync: boolean
  readonly compositionTicks: number
}

const NON_SYNC = 0x01_0000
/** More samples than this in one run is no stream but an attack on memory. */
const MOST_SAMPLES = 1_000_000

/** The samples of a `trun`, ISO/IEC 14496-12 section 8.8.8. */
export function readRun(
  box: Box,
  defaults: SampleDefaults,
): { readonly dataOffset: number | null; readonly samples: readonly RunSample[] } {
  const { version, flags, cursor } = openFullBox(box)
  const count = Math.min(cursor.readU32(), MOST_SAMPLES)
  const dataOffset = flags & 0x01 ? cursor.readI32() : null
  const firstFlags = flags & 0x04 ? cursor.readU32() : null
  const samples: RunSample[] = []
  for (let index = 0; index < count; index++) {
    const durationTicks = flags & 0x100 ? cursor.readU32() : defaults.durationTicks
    const bytes = flags & 0x200 ? cursor.readU32() : defaults.bytes
    const usual = index === 0 && firstFlags !== null ? firstFlags : defaults.sampleFlags
    const sampleFlags = flags & 0x400 ? cursor.readU32() : usual
    const compositionTicks = flags & 0x800 ? readOffset(version, cursor) : 0
    samples.push({ durationTicks, bytes, isSync: !(sampleFlags & NON_SYNC), compositionTicks })
  }
  return { dataOffset, samples }
}

function readOffset(version: number, cursor: { readI32(): number; readU32(): number }): number {
  return version === 0 ? cursor.readU32() : cursor.readI32()
}
