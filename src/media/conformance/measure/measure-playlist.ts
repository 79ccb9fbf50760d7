import type { MediaPlaylist, PlaylistSegment } from '../hls/playlist.ts'
import type { Container, InitFacts, MeasuredTrack, SegmentFacts, StreamFacts } from './facts.ts'
import { measureIframe } from './measure-iframe.ts'
import type { Measurement, Measurer } from './measurer.ts'

/** Reads all segments of a media playlist, one after the other, and keeps their facts. */
export async function measurePlaylist(
  playlist: MediaPlaylist,
  measurer: Measurer,
): Promise<MeasuredTrack> {
  const segments: SegmentFacts[] = []
  let container: Container = 'unknown'
  let init: InitFacts | null = null
  let streams: readonly StreamFacts[] = []
  for (const segment of playlist.segments) {
    const ownInit = segment.map ? await measurer.init(segment.map) : null
    init ??= ownInit
    const measured = await measure(segment, { playlist, measurer, init: ownInit })
    if (!measured) continue
    if (segments.length === 0) container = segment.encrypted ? 'encrypted' : measured.container
    if (streams.length === 0) streams = measured.streams
    segments.push(toFacts(segment, measured, measurer))
  }
  const initRef = playlist.segments[0]?.map ?? null
  const known = init?.streams ?? streams
  return { name: playlist.path, container, init, initRef, streams: known, segments }
}

interface Context {
  readonly playlist: MediaPlaylist
  readonly measurer: Measurer
  readonly init: InitFacts | null
}

async function measure(
  segment: PlaylistSegment,
  { playlist, measurer, init }: Context,
): Promise<Measurement | null> {
  if (segment.encrypted) {
    const bytes = await measurer.read(segment, 'segment')
    return bytes && { container: 'encrypted', bytes: bytes.length, spans: [], streams: [] }
  }
  if (playlist.iframesOnly) return await measureIframe(segment, init, measurer)
  return await measurer.segment(segment, init)
}

function toFacts(
  segment: PlaylistSegment,
  measured: Measurement,
  measurer: Measurer,
): SegmentFacts {
  return {
    address: segment.address,
    range: segment.range,
    where: measurer.where(segment),
    declaredSeconds: segment.seconds,
    declaredStartSeconds: null,
    bytes: measured.bytes,
    spans: measured.spans,
    discontinuity: segment.discontinuity,
  }
}
