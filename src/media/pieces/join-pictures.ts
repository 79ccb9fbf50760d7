import { refuse } from '../boxes/refuse.ts'
import { writeFragment } from '../boxes/write-fragment.ts'
import { writeSegment } from '../boxes/write-segment.ts'

/** A coded picture and the frame that it is shown at. */
export interface PlacedPicture {
  readonly data: Buffer
  /** From the segment's first. */
  readonly frame: number
  /** Nothing that comes after it needs anything before it. */
  readonly isIdr: boolean
}

interface Segment {
  readonly pictures: readonly PlacedPicture[]
  /** Where the segment begins, in frames from the start of the track. */
  readonly firstFrame: number
  readonly frameTicks: number
  /** By which every picture is late: what the track's init takes back. */
  readonly leadTicks: number
}

/**
 * A CMAF segment of pictures in the order of decoding, a fragment for each group that starts with an
 * IDR. Fragments are numbered by their first frame, so that those of a track never meet.
 */
export function joinPictures({ pictures, ...place }: Segment): Buffer {
  const groups: PlacedPicture[][] = []
  for (const picture of pictures) {
    const group = groups.at(-1)
    if (group && !picture.isIdr) group.push(picture)
    else groups.push([picture])
  }
  let before = 0
  const fragments = groups.map((group, index) => {
    const fragment = joinGroup(group, before, index, place)
    before += group.length
    return fragment
  })
  return writeSegment(fragments)
}

function joinGroup(
  group: readonly PlacedPicture[],
  before: number,
  index: number,
  { firstFrame, frameTicks, leadTicks }: Omit<Segment, 'pictures'>,
): Buffer {
  const rows = group.map(({ data, frame, isIdr }, position) => {
    const compositionOffset = leadTicks + (frame - before - position) * frameTicks
    if (compositionOffset < 0) refuse('A picture is coded too early for the delay of its track.')
    return { durationTicks: frameTicks, bytes: data.length, compositionOffset, isSync: isIdr }
  })
  return writeFragment({
    trackId: 1,
    sequenceNumber: firstFrame + index + 1,
    baseDecodeTime: (firstFrame + before) * frameTicks,
    rows,
    data: group.map(({ data }) => data),
  })
}
