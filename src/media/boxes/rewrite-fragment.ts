import { requireOneBox } from './box.ts'
import { parseFragment } from './parse-fragment.ts'
import { refuse } from './refuse.ts'
import type { TrackDefaults } from './track-defaults.ts'
import { type FragmentPlace, writeFragment } from './write-fragment.ts'

interface Options extends FragmentPlace {
  /**
   * Added to every composition offset; what the track's init declares (`writeInit`). Offsets that
   * are negative even so are refused.
   */
  readonly leadTicks?: number
}

/** ffmpeg leaves `trex` empty and says everything in each fragment. */
const noDefaults: TrackDefaults = { durationTicks: 0, bytes: 0, flags: 0 }

/**
 * The fragment (`moof` and `mdat`) moved to another place in its track; the coded bytes are
 * untouched. Pictures whose order of decoding is not that of showing come out of ffmpeg
 * (`negative_cts_offsets`) with negative composition offsets. CMAF allows them, yet ffmpeg's own
 * reader shows such a track late by the largest of them (seen with 5.1: 80 ms). With `leadTicks`
 * the offsets are positive and the edit list of the init takes the lead back: then every player
 * starts at exactly `baseDecodeTime`.
 */
export function rewriteFragment(bytes: Buffer, options: Options): Buffer {
  const { sequenceNumber, baseDecodeTime, leadTicks = 0 } = options
  const { trackId, samples } = parseFragment(bytes, noDefaults)
  const mdat = requireOneBox(bytes, 'mdat')
  const start = mdat.offset + mdat.headerBytes
  const sum = samples.reduce((total, sample) => total + sample.bytes, 0)
  if (samples[0]?.offset !== start || sum !== mdat.body.length) {
    refuse('The samples of a fragment do not fill its mdat.')
  }
  const rows = samples.map((sample) => {
    const compositionOffset = sample.compositionOffset + leadTicks
    if (leadTicks > 0 && compositionOffset < 0) {
      refuse('Pictures are reordered by more than the track declares.', { leadTicks })
    }
    return { ...sample, compositionOffset }
  })
  return writeFragment({ trackId, sequenceNumber, baseDecodeTime, rows, data: [mdat.body] })
}
