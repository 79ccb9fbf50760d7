import { type Box, openFullBox } from './box.ts'
import { refuse } from './refuse.ts'
import type { TrackDefaults } from './track-defaults.ts'

const baseDataOffsetPresent = 0x1
const descriptionIndexPresent = 0x2
const durationPresent = 0x8
const sizePresent = 0x10
const flagsPresent = 0x20
const defaultBaseIsMoof = 0x20000

/**
 * Reads a `tfhd` (ISO/IEC 14496-12 section 8.8.7): whose samples these are, and what they are by
 * default. Offsets that do not count from the `moof` are refused, as CMAF refuses them.
 */
export function readFragmentHeader(
  tfhd: Box,
  defaults: TrackDefaults,
): { trackId: number; defaults: TrackDefaults } {
  const { flags, cursor } = openFullBox(tfhd)
  if (!(flags & defaultBaseIsMoof) || flags & baseDataOffsetPresent) {
    refuse('The offsets of a fragment must count from its moof.')
  }
  const trackId = cursor.readU32()
  if (flags & descriptionIndexPresent && cursor.readU32() !== 1) {
    refuse('A fragment names a sample entry that is not there.')
  }
  const durationTicks = flags & durationPresent ? cursor.readU32() : defaults.durationTicks
  const bytes = flags & sizePresent ? cursor.readU32() : defaults.bytes
  const sampleFlags = flags & flagsPresent ? cursor.readU32() : defaults.flags
  return { trackId, defaults: { durationTicks, bytes, flags: sampleFlags } }
}
