import { type Box, openFullBox, readBoxes, requireBox, requireOneBox } from './box.ts'
import { readFragmentHeader } from './fragment-header.ts'
import { refuse } from './refuse.ts'
import { readRun, type Sample } from './sample-run.ts'
import type { TrackDefaults } from './track-defaults.ts'

/** One `moof` and its `mdat`, taken apart. */
export interface ParsedFragment {
  readonly trackId: number
  readonly sequenceNumber: number
  /** `tfdt`: decode time of the first sample, in ticks. */
  readonly baseDecodeTime: number
  /** Offsets count from the start of the `moof`. */
  readonly samples: readonly Sample[]
  /** Sum of the samples' durations. */
  readonly durationTicks: number
}

/**
 * Takes a fragment apart: exactly one `moof` with one `traf` relative to it, one `mdat`, and all
 * samples within that (ISO/IEC 23000-19 section 7.3.2.3). Anything else fails with
 * `segment_refused`.
 */
export function parseFragment(bytes: Buffer, defaults: TrackDefaults): ParsedFragment {
  const [moof, mdat, more] = readBoxes(bytes)
  if (moof?.type !== 'moof' || mdat?.type !== 'mdat' || more) {
    refuse('A fragment must be exactly a moof and its mdat.')
  }
  const traf = requireOneBox(moof.body, 'traf').body
  const header = readFragmentHeader(requireBox(traf, 'tfhd'), defaults)
  const samples = readRuns(traf, header.defaults, mdat)
  return {
    trackId: header.trackId,
    sequenceNumber: openFullBox(requireBox(moof.body, 'mfhd')).cursor.readU32(),
    baseDecodeTime: readBaseDecodeTime(requireOneBox(traf, 'tfdt')),
    samples,
    durationTicks: samples.reduce((sum, sample) => sum + sample.durationTicks, 0),
  }
}

function readBaseDecodeTime(tfdt: Box): number {
  const { version, cursor } = openFullBox(tfdt)
  return version === 1 ? cursor.readU64() : cursor.readU32()
}

function readRuns(traf: Buffer, defaults: TrackDefaults, mdat: Box): Sample[] {
  const extent = { start: mdat.offset + mdat.headerBytes, end: mdat.offset + mdat.size }
  const samples: Sample[] = []
  for (const box of readBoxes(traf)) {
    if (box.type !== 'trun') continue
    const last = samples.at(-1)
    const start = last ? last.offset + last.bytes : extent.start
    for (const sample of readRun(box, { defaults, start, extent })) samples.push(sample)
  }
  if (samples.length === 0) refuse('A fragment holds no samples.')
  return samples
}
