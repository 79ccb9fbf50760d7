import type { Transaction } from 'kysely'
import type { Tables } from '#database/tables.ts'
import { isOutage } from '#errors/is-outage.ts'
import { ReelmillError } from '#errors/reelmill-error.ts'
import { extractSubtitles } from '#media/probe/extract-subtitles.ts'
import { grabPicture } from '#media/probe/grab-picture.ts'
import { measureBitRates } from '#media/tracks/bit-rates.ts'
import type { TextTrack } from '#media/tracks/text-track.ts'
import type { Track, VideoTrack } from '#media/tracks/track.ts'
import { parseWebVtt } from '#media/tracks/web-vtt.ts'
import { chooseThumbnailTime, usualShare } from '#stages/packaging/choose-thumbnail-time.ts'
import { requireWhole } from '#stages/packaging/require-whole.ts'
import { writePackage } from '#stages/packaging/write-package.ts'
import { chooseTargetDuration, measureSegment } from '#stages/planning/target-duration.ts'
import { earlyCopyPrefix } from '../early/early-copy.ts'
import { loadTracks } from '../load-tracks.ts'
import { putFilms } from '../packaging/put-films.ts'
import { putStoryboard } from '../packaging/put-storyboard.ts'
import { recordFiles } from '../packaging/record-files.ts'
import type { Parts } from '../parts.ts'
import { programsOf } from '../programs.ts'
import type { Step } from '../step.ts'
import { loadPlannedVersion, type PlannedVersion, readableKeyOf, type Version } from '../version.ts'
import { putMaster } from '../whole-files/put-master.ts'
import { withSource } from '../with-source.ts'

const subtitlesTimeoutMs = 10 * 60_000

/** Writes playlists, manifest, pictures and films beside the segments; nobody is shown them yet. */
export const runPackaging: Step = async (parts, loaded, signal) => {
  const { id } = loaded
  if (loaded.plan?.kind === 'whole-files') {
    await putThumbnail(parts, loaded, null, signal)
    return { also: (tx) => putMaster(parts, tx, loaded) }
  }
  const version = await loadPlannedVersion(parts.database, id)
  const tracks = await loadTracks(parts.database, version)
  requireWhole(version.plan, tracks)
  const texts = await readSubtitles(parts, version, signal)
  const timing = {
    targetDurationSeconds: chooseTargetDuration(version.plan),
    segmentSeconds: measureSegment(version.plan),
  }
  for (const { path, text } of writePackage(tracks, texts, timing)) {
    await parts.storage.put(version.prefix + path, Buffer.from(text))
  }
  const [storyboard, films] = await Promise.all([
    putStoryboard(parts, version, tracks, signal),
    putFilms(parts, version, tracks, signal),
    putThumbnail(parts, version, tracks.find(isVideo) ?? null, signal),
  ])
  await removeEarlyCopies(parts, version)
  return {
    also: async (tx) => {
      await recordRates(tx, version, tracks, timing.targetDurationSeconds)
      await recordFiles(tx, id, [...storyboard, ...films])
    },
  }
}

/** All jobs are done, and nobody else reads them; only a storage with files has any. */
async function removeEarlyCopies({ storage }: Parts, version: Version): Promise<void> {
  if (storage.localPath(version.source_key) === null) return
  await storage.deleteAll(earlyCopyPrefix(version))
}

/** The rates that the playlists declare, for everybody who shows the video. */
async function recordRates(
  tx: Transaction<Tables>,
  { id }: Version,
  tracks: readonly Track[],
  targetDurationSeconds: number,
): Promise<void> {
  for (const track of tracks) {
    const { peakBps, averageBps } = measureBitRates(track, targetDurationSeconds)
    await tx
      .updateTable('tracks')
      .set({ peak_bps: Math.ceil(peakBps), average_bps: Math.ceil(averageBps) })
      .where('version_id', '=', id)
      .where('name', '=', track.name)
      .execute()
  }
}

/** Text tracks as WebVTT. Subtitles that cannot be read are no reason to keep a video from people. */
async function readSubtitles(
  parts: Parts,
  version: PlannedVersion,
  signal: AbortSignal,
): Promise<TextTrack[]> {
  const { media } = version
  const streams = media.subtitles.filter(({ text }) => text)
  if (streams.length === 0) return []
  try {
    const texts = await withSource(parts, readableKeyOf(version), ({ input }) =>
      extractSubtitles({
        source: input,
        demuxer: media.demuxer,
        streams: streams.map(({ index }) => index),
        originSeconds: media.originSeconds,
        timeoutMs: subtitlesTimeoutMs,
        signal,
        programs: programsOf(parts),
      }),
    )
    return streams.map(({ language, title }, index) => ({
      name: `subtitles-${index}`,
      language,
      title,
      cues: parseWebVtt(texts[index] ?? ''),
    }))
  } catch (error) {
    signal.throwIfAborted()
    if (error instanceof ReelmillError && isOutage(error)) throw error
    parts.log.warn({ err: error, versionId: version.id }, 'the subtitles could not be read')
    return []
  }
}

function isVideo(track: Track): track is VideoTrack {
  return track.kind === 'video'
}

/** From the source itself, which is the best that there is. */
async function putThumbnail(
  parts: Parts,
  version: Version,
  track: VideoTrack | null,
  signal: AbortSignal,
): Promise<void> {
  const { media } = version
  if (!media?.video) return
  const { video, originSeconds, durationSeconds } = media
  const atSeconds = track ? chooseThumbnailTime(track) : durationSeconds * usualShare
  const picture = await withSource(parts, readableKeyOf(version), ({ input }) =>
    grabPicture({
      source: input,
      demuxer: media.demuxer,
      video,
      atSeconds: originSeconds + atSeconds,
      signal,
      programs: programsOf(parts),
    }),
  )
  await parts.storage.put(`${version.prefix}thumbnail.jpg`, picture)
}
