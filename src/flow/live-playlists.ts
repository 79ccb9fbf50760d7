import { text } from 'node:stream/consumers'
import type { VersionState } from '#database/tables.ts'
import { writeMasterPlaylist } from '#media/tracks/master-playlist.ts'
import { writeMediaPlaylist } from '#media/tracks/media-playlist.ts'
import { chooseTargetDuration } from '#stages/planning/target-duration.ts'
import { loadTracks } from './load-tracks.ts'
import type { Parts } from './parts.ts'
import { activeStates } from './states.ts'
import { loadPlannedVersion, loadVersion } from './version.ts'

/** States in which every track is whole, though its files are not written yet. */
const wholeStates: readonly VersionState[] = ['packaging', 'publishing']

/** The rates of a track that grows are told from so many segments: what is to come may be above anyway. */
const segmentsForRates = 600

const beingWritten = new Map<string, Promise<string | null>>()

/**
 * A playlist of a video that is still being made, from what is there at this moment: `master.m3u8`
 * with the tracks that have begun, or `<track>/index.m3u8`, an EVENT playlist that grows. null when
 * the video has nothing to play yet, is published, or has no such playlist. For all who ask at the
 * same time it is written once.
 */
export function writeLivePlaylist(
  parts: Parts,
  videoId: string,
  path: string,
): Promise<string | null> {
  const name = `${videoId}/${path}`
  const found = beingWritten.get(name)
  if (found) return found
  const writing = writePlaylist(parts, videoId, path).finally(() => beingWritten.delete(name))
  beingWritten.set(name, writing)
  return writing
}

async function writePlaylist(parts: Parts, videoId: string, path: string): Promise<string | null> {
  const row = await parts.database
    .selectFrom('versions')
    .innerJoin('videos', 'videos.id', 'versions.video_id')
    .select('versions.id')
    .where('videos.id', '=', videoId)
    .whereRef('versions.number', '=', 'videos.latest_version')
    .where('versions.state', 'in', activeStates)
    .where('versions.playable_at', 'is not', null)
    .executeTakeFirst()
  if (!row) return null
  const loaded = await loadVersion(parts.database, row.id)
  // Whole files have their playlists in the storage from the first file on.
  if (loaded.plan?.kind === 'whole-files') return readObject(parts, loaded.prefix + path)
  const version = await loadPlannedVersion(parts.database, row.id)
  const name = /^(.+)\/index\.m3u8$/.exec(path)?.[1]
  if (path !== 'master.m3u8' && name === undefined) return null
  const tracks = await loadTracks(parts.database, version, {
    ...(name === undefined ? { most: segmentsForRates } : { name }),
    keyframes: false,
  })
  if (path === 'master.m3u8') {
    return writeMasterPlaylist(tracks, {
      ended: false,
      targetDurationSeconds: chooseTargetDuration(version.plan),
    })
  }
  const track = tracks.find((each) => each.name === name)
  if (!track) return null
  return writeMediaPlaylist(track, {
    ended: wholeStates.includes(version.state),
    targetDurationSeconds: chooseTargetDuration(version.plan),
  })
}

async function readObject({ storage }: Parts, key: string): Promise<string | null> {
  return (await storage.head(key)) ? text(await storage.get(key)) : null
}
