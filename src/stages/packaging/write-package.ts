import { writeIframePlaylist } from '#media/tracks/iframe-playlist.ts'
import { writeManifest } from '#media/tracks/manifest.ts'
import { writeMasterPlaylist } from '#media/tracks/master-playlist.ts'
import { writeMediaPlaylist } from '#media/tracks/media-playlist.ts'
import { iframePlaylistName, mediaPlaylistName } from '#media/tracks/paths.ts'
import type { Track } from '#media/tracks/track.ts'

/** A file of the output, relative to its folder. */
export interface PackageFile {
  readonly path: string
  readonly text: string
}

/**
 * The playlists and the manifest of finished tracks: HLS and DASH over the same segments.
 *
 * @param targetDurationSeconds whole seconds, the same that the growing playlists had.
 */
export function writePackage(
  tracks: readonly Track[],
  targetDurationSeconds: number,
): PackageFile[] {
  const media = tracks.map((track) => ({
    path: `${track.name}/${mediaPlaylistName}`,
    text: writeMediaPlaylist(track, { ended: true, targetDurationSeconds }),
  }))
  const iframes = tracks
    .filter((track) => track.kind === 'video')
    .map((track) => ({
      path: `${track.name}/${iframePlaylistName}`,
      text: writeIframePlaylist(track),
    }))
  return [
    ...media,
    ...iframes,
    { path: 'master.m3u8', text: writeMasterPlaylist(tracks, { targetDurationSeconds }) },
    { path: 'manifest.mpd', text: writeManifest(tracks) },
  ]
}
