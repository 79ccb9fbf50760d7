import { grabPicture } from '#media/probe/grab-picture.ts'
import type { MediaInfo } from '#media/probe/media-info.ts'
import { requireWhole } from '#stages/packaging/require-whole.ts'
import { writePackage } from '#stages/packaging/write-package.ts'
import { chooseTargetDuration } from '#stages/planning/target-duration.ts'
import { loadTracks } from '../load-tracks.ts'
import type { Parts } from '../parts.ts'
import type { Step } from '../step.ts'
import { loadPlannedVersion, type Version } from '../version.ts'

/** The picture that stands for a video is taken this far into it, past the usual black opening. */
const thumbnailShare = 0.1

/** Writes playlists, manifest and thumbnail beside the segments; nobody is shown them yet. */
export const runPackaging: Step = async (parts, { id }, signal) => {
  const version = await loadPlannedVersion(parts.database, id)
  const tracks = await loadTracks(parts.database, version)
  requireWhole(version.plan, tracks)
  for (const { path, text } of writePackage(tracks, chooseTargetDuration(version.plan))) {
    await parts.storage.put(version.prefix + path, Buffer.from(text))
  }
  await putThumbnail(parts, version, version.media, signal)
  return {}
}

async function putThumbnail(
  parts: Parts,
  version: Version,
  media: MediaInfo,
  signal: AbortSignal,
): Promise<void> {
  const path = parts.storage.localPath(version.readable_key ?? version.source_key)
  if (!media.video || path === null) return
  const picture = await grabPicture({
    source: { kind: 'file', path },
    demuxer: media.demuxer,
    video: media.video,
    atSeconds: media.originSeconds + media.durationSeconds * thumbnailShare,
    signal,
    programs: { ffmpeg: parts.config.ffmpegPath, ffprobe: parts.config.ffprobePath },
  })
  await parts.storage.put(`${version.prefix}thumbnail.jpg`, picture)
}
