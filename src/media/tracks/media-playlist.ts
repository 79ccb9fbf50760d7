import { writeDurations } from './durations.ts'
import { initName, nameSegment } from './paths.ts'
import type { Track } from './track.ts'

interface Options {
  /** True when no segment will follow: the playlist becomes VOD. */
  readonly ended: boolean
  /** Whole seconds; the same for all tracks of a video, and never changed while one grows. */
  readonly targetDurationSeconds: number
}

/**
 * The media playlist of a track (RFC 8216 section 4.3.3): EVENT while it grows, VOD when it has
 * ended. Lies beside the segments.
 */
export function writeMediaPlaylist(
  track: Track,
  { ended, targetDurationSeconds }: Options,
): string {
  const durations = writeDurations(track.segments, track.timescale)
  return [
    '#EXTM3U',
    '#EXT-X-VERSION:7',
    `#EXT-X-TARGETDURATION:${targetDurationSeconds}`,
    '#EXT-X-MEDIA-SEQUENCE:0',
    `#EXT-X-PLAYLIST-TYPE:${ended ? 'VOD' : 'EVENT'}`,
    '#EXT-X-INDEPENDENT-SEGMENTS',
    `#EXT-X-MAP:URI="${initName}"`,
    ...track.segments.map(
      ({ number }, index) => `#EXTINF:${durations[index]},\n${nameSegment(number)}`,
    ),
    ...(ended ? ['#EXT-X-ENDLIST'] : []),
    '',
  ].join('\n')
}
