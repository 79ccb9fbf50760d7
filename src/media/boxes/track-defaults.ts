import { openFullBox, readBoxes, requireBox } from './box.ts'
import { refuse } from './refuse.ts'

/** What a sample is when neither its fragment nor its run says otherwise: `trex`. */
export interface TrackDefaults {
  readonly durationTicks: number
  readonly bytes: number
  readonly flags: number
}

/** The defaults of a track from `moov/mvex` (ISO/IEC 14496-12 section 8.8.3). */
export function readTrackDefaults(moov: Buffer, trackId: number): TrackDefaults {
  for (const box of readBoxes(requireBox(moov, 'mvex').body)) {
    if (box.type !== 'trex') continue
    const { cursor } = openFullBox(box)
    if (cursor.readU32() !== trackId) continue
    const durationTicks = cursor.skip(4).readU32()
    return { durationTicks, bytes: cursor.readU32(), flags: cursor.readU32() }
  }
  refuse('The track has no defaults for fragments.')
}
