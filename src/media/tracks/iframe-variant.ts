import { measureRuns, roundTargetDuration } from './bit-rates.ts'
import { writeAttributes } from './hls-attributes.ts'
import { addressOf, iframePlaylistName } from './paths.ts'
import type { VideoTrack } from './track.ts'

/**
 * The line that names a track's I-frame playlist (RFC 8216 section 4.3.4.3). Its rates are those of
 * the key frames alone.
 */
export function writeIframeVariant(track: VideoTrack): string {
  const keyframes = track.segments.flatMap((segment) => segment.keyframes)
  const target = roundTargetDuration(keyframes, track.timescale)
  const { peakBps, averageBps } = measureRuns(keyframes, track.timescale, target)
  const attributes = writeAttributes({
    BANDWIDTH: peakBps,
    'AVERAGE-BANDWIDTH': averageBps,
    CODECS: { quoted: track.codecs },
    RESOLUTION: `${track.width}x${track.height}`,
    URI: { quoted: addressOf(track.name, iframePlaylistName) },
  })
  return `#EXT-X-I-FRAME-STREAM-INF:${attributes}`
}
