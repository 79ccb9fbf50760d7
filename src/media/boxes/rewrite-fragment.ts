import { requireOneBox } from './box.ts'
import { parseFragment } from './parse-fragment.ts'
import { refuse } from './refuse.ts'
import type { TrackDefaults } from './track-defaults.ts'
import { type FragmentPlace, layOutFragment } from './write-fragment.ts'

interface Options extends FragmentPlace {
  /**
   * The composition offset that the first picture gets, and the others with it: what the track's
   * init declares (`writeInit`). Left out: offsets stay as they are.
   */
  readonly leadTicks?: number
}

/** ffmpeg leaves `trex` empty and says everything in each fragment. */
const noDefaults: TrackDefaults = { durationTicks: 0, bytes: 0, flags: 0 }

/**
 * The fragment (`moof` and `mdat`) moved to another place in its track, in pieces of which the coded
 * bytes are one, untouched. Pictures whose order of decoding is not that of showing come out of ffmpeg late by the
 * delay of reordering, with `negative_cts_offsets` early, and without either in a chunk of one or
 * two pictures. `leadTicks` makes them alike, and the edit list of the init takes the lead back:
 * then every player shows the first picture at exactly `baseDecodeTime`. A lead of 0 (negative
 * offsets) is right too, yet ffmpeg's own reader is then late by the largest of them (5.1: 80 ms).
 */
export function rewriteFragment(bytes: Buffer, options: Options): readonly Buffer[] {
  const { sequenceNumber, baseDecodeTime } = options
  const { trackId, samples } = parseFragment(bytes, noDefaults)
  const mdat = requireOneBox(bytes, 'mdat')
  const start = mdat.offset + mdat.headerBytes
  const sum = samples.reduce((total, sample) => total + sample.bytes, 0)
  const first = samples[0]
  if (first?.offset !== start || sum !== mdat.body.length) {
    refuse('The samples of a fragment do not fill its mdat.')
  }
  const shift = (options.leadTicks ?? first.compositionOffset) - first.compositionOffset
  const rows = samples.map((sample) => ({
    ...sample,
    compositionOffset: sample.compositionOffset + shift,
  }))
  return layOutFragment({ trackId, sequenceNumber, baseDecodeTime, rows, data: [mdat.body] })
}
