import { type FragmentPlace, writeFragment } from './write-fragment.ts'
import { writeSegment } from './write-segment.ts'

/** A segment of sound to be: its place in the track, and the coded frames. */
interface AudioSegmentParts extends FragmentPlace {
  readonly trackId: number
  readonly samples: readonly AudioSample[]
}

/** A coded audio frame; all of them are sync samples. */
export interface AudioSample {
  readonly durationTicks: number
  readonly data: Buffer
}

/** A CMAF segment of one fragment that holds the given audio frames. */
export function buildSegment({ samples, ...place }: AudioSegmentParts): Buffer {
  const rows = samples.map(({ durationTicks, data }) => ({
    durationTicks,
    bytes: data.length,
    compositionOffset: 0,
    isSync: true,
  }))
  return writeSegment([writeFragment({ ...place, rows, data: samples.map((each) => each.data) })])
}
