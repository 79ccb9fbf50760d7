import { roundTargetDuration } from './bit-rates.ts'
import { writeDurations } from './durations.ts'
import { initName, nameSegment } from './paths.ts'
import type { VideoTrack } from './track.ts'

/**
 * The I-frame playlist of a finished video track (RFC 8216 section 4.3.3.6): a byte range per key
 * frame, from its `moof` on (Apple's rules 6.8 and 6.10). Lies beside the segments.
 */
export function writeIframePlaylist(track: VideoTrack): string {
  const keyframes = track.segments.flatMap((segment) =>
    segment.keyframes.map((keyframe) => ({ ...keyframe, uri: nameSegment(segment.number) })),
  )
  const durations = writeDurations(keyframes, track.timescale)
  return [
    '#EXTM3U',
    '#EXT-X-VERSION:7',
    `#EXT-X-TARGETDURATION:${roundTargetDuration(keyframes, track.timescale)}`,
    '#EXT-X-MEDIA-SEQUENCE:0',
    '#EXT-X-PLAYLIST-TYPE:VOD',
    '#EXT-X-I-FRAMES-ONLY',
    '#EXT-X-INDEPENDENT-SEGMENTS',
    `#EXT-X-MAP:URI="${initName}"`,
    ...keyframes.flatMap(({ bytes, offset, uri }, index) => [
      `#EXTINF:${durations[index]},`,
      `#EXT-X-BYTERANGE:${bytes}@${offset}`,
      uri,
    ]),
    '#EXT-X-ENDLIST',
    '',
  ].join('\n')
}
