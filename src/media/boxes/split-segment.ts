import { readBoxes } from './box.ts'
import { type ParsedFragment, parseFragment } from './parse-fragment.ts'
import type { ParsedInit } from './parse-init.ts'
import { refuse } from './refuse.ts'

/** A fragment of a segment, where it lies, and its bytes (`moof` and `mdat`). */
export interface SegmentFragment extends ParsedFragment {
  readonly segmentOffset: number
  readonly bytes: Buffer
}

interface Expected {
  readonly init: ParsedInit
  readonly baseDecodeTime: number
  readonly maxBytes: number
}

/**
 * Takes a segment apart: at most one `styp`, then fragments of the init's track that follow each
 * other from the expected decode time on, and nothing else. Anything else fails with
 * `segment_refused`, and so does a segment of too many bytes.
 */
export function splitSegment(bytes: Buffer, expected: Expected): SegmentFragment[] {
  if (bytes.length > expected.maxBytes) {
    refuse('The segment is too large.', { bytes: bytes.length, maxBytes: expected.maxBytes })
  }
  const boxes = readBoxes(bytes)
  if (boxes[0]?.type === 'styp') boxes.shift()
  const fragments: SegmentFragment[] = []
  let decodeTime = expected.baseDecodeTime
  for (let index = 0; index < boxes.length; index += 2) {
    const start = boxes[index]?.offset ?? 0
    const end = boxes[index + 2]?.offset ?? bytes.length
    const view = bytes.subarray(start, end)
    const fragment = parseFragment(view, expected.init.trackDefaults)
    checkPlace(fragment, fragments.at(-1), expected.init.trackId, decodeTime)
    decodeTime += fragment.durationTicks
    fragments.push({ ...fragment, segmentOffset: start, bytes: view })
  }
  if (fragments.length === 0) refuse('The segment holds no fragments.')
  return fragments
}

function checkPlace(
  fragment: ParsedFragment,
  previous: ParsedFragment | undefined,
  trackId: number,
  decodeTime: number,
): void {
  if (fragment.trackId !== trackId) refuse('A fragment belongs to another track.')
  if (fragment.baseDecodeTime !== decodeTime) {
    const found = fragment.baseDecodeTime
    refuse('A fragment is not where it belongs in time.', { expected: decodeTime, found })
  }
  if (previous && fragment.sequenceNumber !== previous.sequenceNumber + 1) {
    refuse('The fragments are not numbered one after the other.')
  }
}
