import { roundTargetDuration } from '../tracks/bit-rates.ts'
import type { SingleFilePlaylist } from './playlist.ts'

interface Options {
  /** The file's name in the storage, beside the playlist (D-66). */
  readonly mediaName: string
  /** True when every segment starts with an IDR picture, or holds sound alone. */
  readonly independent: boolean
  /** Whole seconds, at least the playlist's own; the same for all playlists of a video. */
  readonly targetDurationSeconds?: number
}

/** The media playlist as it is stored: written anew, nothing of what was sent is in it (D-66). */
export function writeSingleFilePlaylist(
  playlist: SingleFilePlaylist,
  { mediaName, independent, targetDurationSeconds = measureTarget(playlist) }: Options,
): string {
  const { init, segments } = playlist
  return [
    '#EXTM3U',
    '#EXT-X-VERSION:7',
    `#EXT-X-TARGETDURATION:${targetDurationSeconds}`,
    '#EXT-X-MEDIA-SEQUENCE:0',
    '#EXT-X-PLAYLIST-TYPE:VOD',
    ...(independent ? ['#EXT-X-INDEPENDENT-SEGMENTS'] : []),
    `#EXT-X-MAP:URI="${mediaName}",BYTERANGE="${init.length}@${init.offset}"`,
    ...segments.flatMap(({ seconds, offset, length }) => [
      `#EXTINF:${seconds.toFixed(6)},`,
      `#EXT-X-BYTERANGE:${length}@${offset}`,
      mediaName,
    ]),
    '#EXT-X-ENDLIST',
    '',
  ].join('\n')
}

/** EXT-X-TARGETDURATION: the longest segment in whole seconds. */
export function measureTarget({ segments }: SingleFilePlaylist): number {
  const parts = segments.map(({ seconds, length }) => ({ durationTicks: seconds, bytes: length }))
  return roundTargetDuration(parts, 1)
}
