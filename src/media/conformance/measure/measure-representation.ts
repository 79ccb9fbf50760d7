import type { ManifestSegment, Representation } from '../dash/manifest.ts'
import type { Container, MeasuredTrack, SegmentFacts, StreamFacts } from './facts.ts'
import type { Measurer } from './measurer.ts'
import { readIndex } from './read-index.ts'

/** Reads all segments of a Representation that no playlist has read before; keeps their facts. */
export async function measureRepresentation(
  representation: Representation,
  measurer: Measurer,
): Promise<{ readonly track: MeasuredTrack; readonly sharedWithHls: boolean }> {
  const init = representation.init ? await measurer.init(representation.init) : null
  const segments: SegmentFacts[] = []
  let sharedWithHls = true
  let container: Container = 'unknown'
  let streams: readonly StreamFacts[] = init?.streams ?? []
  for (const segment of await listSegments(representation, measurer)) {
    sharedWithHls &&= measurer.hasRead(segment)
    const measured = await measurer.segment(segment, init)
    if (!measured) continue
    if (segments.length === 0) container = measured.container
    if (streams.length === 0) streams = measured.streams
    segments.push(toFacts(segment, measured, measurer))
  }
  const track = {
    name: representation.where,
    container,
    init,
    initRef: representation.init,
    streams,
    segments,
  }
  return { track, sharedWithHls }
}

function toFacts(
  segment: ManifestSegment,
  measured: { bytes: number; spans: SegmentFacts['spans'] },
  measurer: Measurer,
): SegmentFacts {
  return {
    address: segment.address,
    range: segment.range,
    where: measurer.where(segment),
    declaredSeconds: segment.seconds,
    declaredStartSeconds: segment.startSeconds,
    bytes: measured.bytes,
    spans: measured.spans,
    discontinuity: false,
  }
}

async function listSegments(
  { addressing, segments }: Representation,
  measurer: Measurer,
): Promise<readonly ManifestSegment[]> {
  const [whole] = segments
  if (addressing !== 'index' || !whole?.range) return segments
  const bytes = await measurer.read(whole, 'segment')
  const index = bytes && readIndex(bytes, whole.range.offset)
  return index?.map((entry) => ({ address: whole.address, ...entry })) ?? []
}
