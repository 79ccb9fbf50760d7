import { layOutFilm } from '#media/mp4/film/write-film.ts'
import { toNumber } from '#media/rational.ts'
import type { Track, VideoTrack } from '#media/tracks/track.ts'
import { fillTracks } from '#stages/packaging/films/fill-tracks.ts'
import { pourFilm } from '#stages/packaging/films/pour-film.ts'
import { nameFilm } from '#stages/planning/films.ts'
import type { Parts } from '../parts.ts'
import type { PlannedVersion } from '../version.ts'
import { outputReader } from './read-output.ts'
import type { MadeFile } from './record-files.ts'

/**
 * Puts the files to download that the plan wants beside the tracks (V-15, U47): the coded pictures and
 * the default sound of their segments, as they are, in an MP4 that plays while it is loaded.
 */
export async function putFilms(
  parts: Parts,
  version: PlannedVersion,
  tracks: readonly Track[],
  signal: AbortSignal,
): Promise<MadeFile[]> {
  const { mp4: wanted = [] } = version.plan
  const pictures = tracks.filter((track) => track.kind === 'video')
  const sound = tracks.filter((track) => track.kind === 'audio')
  const heard = sound.find(({ isDefault }) => isDefault) ?? sound[0]
  const made: MadeFile[] = []
  for (const track of pictures.filter(({ name }) => wanted.includes(name))) {
    signal.throwIfAborted()
    made.push(await putFilm(parts, version, track, heard))
  }
  return made
}

async function putFilm(
  parts: Parts,
  { prefix }: PlannedVersion,
  track: VideoTrack,
  sound: Track | undefined,
): Promise<MadeFile> {
  const read = outputReader(parts, prefix)
  const joined = sound ? [track, sound] : [track]
  const filled = await fillTracks(joined, read)
  const film = layOutFilm(filled)
  const fps = toNumber(track.frameRate)
  const path = nameFilm(track.name, fps)
  await parts.storage.put(prefix + path, pourFilm(film, joined, read))
  return {
    kind: 'mp4',
    path,
    bytes: film.sizeBytes,
    video: { ...track, fps },
    codecs: joined.map(({ codecs }) => codecs).join(','),
    hasAudio: sound !== undefined,
    facts: { name: track.name, samples: filled.map(({ table }) => table.samples) },
  }
}
