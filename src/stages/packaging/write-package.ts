import { writeIframePlaylist } from '#media/tracks/iframe-playlist.ts'
import { nameLanguage } from '#media/tracks/language.ts'
import { writeManifest } from '#media/tracks/manifest.ts'
import { writeMasterPlaylist } from '#media/tracks/master-playlist.ts'
import { writeMediaPlaylist } from '#media/tracks/media-playlist.ts'
import { iframePlaylistName, mediaPlaylistName } from '#media/tracks/paths.ts'
import { type TextTrack, writeTextTrack } from '#media/tracks/text-track.ts'
import type { Track } from '#media/tracks/track.ts'

/** A file of the output, relative to its folder. */
export interface PackageFile {
  readonly path: string
  readonly text: string
}

interface Timing {
  /** Whole seconds, the same that the growing playlists had. */
  readonly targetDurationSeconds: number
  readonly segmentSeconds: number
}

/**
 * The playlists and the manifest of finished tracks: HLS and DASH over the same segments.
 */
export function writePackage(
  tracks: readonly Track[],
  texts: readonly TextTrack[],
  timing: Timing,
): PackageFile[] {
  const { targetDurationSeconds, segmentSeconds } = timing
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
  const durationMs = Math.max(...tracks.map(measureSeconds)) * 1000
  const span = { durationMs, segmentMs: segmentSeconds * 1000, targetDurationSeconds }
  const subtitles = texts.map(({ name, language, title }) => ({
    name,
    language,
    title: title ?? nameLanguage(language),
    isDefault: false,
  }))
  return [
    ...media,
    ...iframes,
    ...texts.flatMap((track) =>
      writeTextTrack(track, span).map(({ name, text }) => ({
        path: `${track.name}/${name}`,
        text,
      })),
    ),
    {
      path: 'master.m3u8',
      text: writeMasterPlaylist(tracks, { targetDurationSeconds, subtitles }),
    },
    { path: 'manifest.mpd', text: writeManifest(tracks, texts) },
  ]
}

function measureSeconds({ segments, timescale }: Track): number {
  return segments.reduce((sum, segment) => sum + segment.durationTicks, 0) / timescale
}
