import type { PlaylistSegment } from '../hls/playlist.ts'
import type { InitFacts } from './facts.ts'
import type { Measurement, Measurer } from './measurer.ts'
import { readFragments } from './read-fragments.ts'
import { sniffContainer } from './sniff.ts'

/**
 * The byte range of one I-frame: from its `moof` to somewhere in its `mdat` (RFC 8216 section
 * 4.3.3.6), so the last box is larger than what is there. Ranges of transport streams are only
 * weighed.
 */
export async function measureIframe(
  segment: PlaylistSegment,
  init: InitFacts | null,
  measurer: Measurer,
): Promise<Measurement | null> {
  const bytes = await measurer.read(segment, 'segment')
  if (!bytes) return null
  const container = sniffContainer(bytes)
  const nothing = { container, bytes: bytes.length, spans: [], streams: init?.streams ?? [] }
  if (container !== 'fmp4' || !init) return nothing
  const whole = fitLastBox(bytes)
  if (!whole) return nothing
  const { spans } = readFragments(whole, init.streams, measurer.where(segment))
  return { ...nothing, spans }
}

/** The bytes with the size of the last box corrected to what is there; null when that is no box. */
function fitLastBox(bytes: Buffer): Buffer | null {
  let offset = 0
  while (offset + 8 <= bytes.length) {
    const size = bytes.readUInt32BE(offset)
    if (size < 8) return null
    if (offset + size >= bytes.length) {
      const fitted = Buffer.from(bytes)
      fitted.writeUInt32BE(bytes.length - offset, offset)
      return fitted
    }
    offset += size
  }
  return null
}
