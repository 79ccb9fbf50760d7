import { writeMedia, writeMovieHeader, writeTrackHeader } from '../../boxes/header-boxes.ts'
import type { ParsedInit } from '../../boxes/parse-init.ts'
import { writeBox, writeFullBox, writeU32, writeU64 } from '../../boxes/write-box.ts'
import type { FilmChunk, FilmTrack } from './film-track.ts'

/** A track with what its init segment said of it. */
export interface FilledTrack {
  readonly init: ParsedInit
  readonly table: FilmTrack
}

/** A film to be written: what stands before its media, and those in their order. */
export interface Film {
  readonly header: Buffer
  readonly chunks: readonly FilmChunk[]
  readonly sizeBytes: number
}

/** All bits of a field of 32: longer than it can say (ISO/IEC 14496-12 section 8.2.2.3). */
const untold = 0xffffffff
/** The movie's clock where the track's own would overflow: 49 days in milliseconds. */
const coarseTimescale = 1000
/** From here on places need 64 bits; it leaves room for the tables of a very long film. */
const longBytes = 0xf0000000

/**
 * Lays an MP4 out that plays while it is loaded: `ftyp`, `moov`, then the media of all tracks in turn
 * by their times. The first track gives the movie its clock.
 */
export function layOutFilm(tracks: readonly FilledTrack[]): Film {
  const chunks = tracks
    .flatMap(({ table }) => table.chunks)
    .toSorted((a, b) => a.atSeconds - b.atSeconds || a.track - b.track)
  const mediaBytes = chunks.reduce((sum, { bytes }) => sum + bytes, 0)
  const isLong = mediaBytes > longBytes
  const fileType = writeFileType(tracks)
  const mediaHeader = writeMediaHeader(mediaBytes, isLong)
  const writeMoov = (mediaAt: number) =>
    writeMovie(tracks, placeChunks(tracks, chunks, mediaAt), isLong)
  // How long the moov is does not depend on where the media lie.
  const mediaAt = fileType.length + writeMoov(0).length + mediaHeader.length
  const header = Buffer.concat([fileType, writeMoov(mediaAt), mediaHeader])
  return { header, chunks, sizeBytes: mediaAt + mediaBytes }
}

/** The places in the file of each track's chunks. */
function placeChunks(
  tracks: readonly FilledTrack[],
  chunks: readonly FilmChunk[],
  mediaAt: number,
): number[][] {
  const places: number[][] = tracks.map(() => [])
  let place = mediaAt
  for (const { track, bytes } of chunks) {
    places[track]?.push(place)
    place += bytes
  }
  return places
}

function writeFileType(tracks: readonly FilledTrack[]): Buffer {
  const codecs = tracks.map(({ init }) => init.codec)
  const brand = codecs.includes('av1') ? 'av01' : codecs.includes('h264') ? 'avc1' : ''
  return writeBox('ftyp', Buffer.from('isom'), writeU32(0x200), Buffer.from(`isomiso2mp41${brand}`))
}

/** The header of the `mdat`; its size follows the media. */
function writeMediaHeader(mediaBytes: number, isLong: boolean): Buffer {
  const type = Buffer.from('mdat')
  if (!isLong) return Buffer.concat([writeU32(mediaBytes + 8), type])
  return Buffer.concat([writeU32(1), type, writeU64(mediaBytes + 16)])
}

function writeMovie(
  tracks: readonly FilledTrack[],
  places: readonly (readonly number[])[],
  isLong: boolean,
): Buffer {
  const clock = chooseTimescale(tracks)
  const durations = tracks.map((track) => Math.round(shownSeconds(track) * clock))
  return writeBox(
    'moov',
    writeMovieHeader(clock, Math.max(...durations), tracks.length),
    ...tracks.map(({ init, table }, index) =>
      writeTrack({ init, id: index + 1, durationTicks: durations[index] ?? 0 }, table, {
        places: places[index] ?? [],
        isLong,
      }),
    ),
  )
}

function chooseTimescale(tracks: readonly FilledTrack[]): number {
  const { timescale = coarseTimescale } = tracks[0]?.init ?? {}
  const seconds = Math.max(...tracks.map(shownSeconds))
  return seconds * timescale < untold ? timescale : coarseTimescale
}

/** What a player shows: all but what is decoded before the first moment. */
function shownSeconds({ init, table }: FilledTrack): number {
  // Of pictures, the lead is an offset of all of them; of sound it is priming that is not heard.
  const hidden = init.kind === 'audio' ? init.leadTicks : 0
  return (table.durationTicks - hidden) / init.timescale
}

interface TrackFacts {
  readonly init: ParsedInit
  readonly id: number
  /** In the movie's clock. */
  readonly durationTicks: number
}

function writeTrack(
  { init, id, durationTicks }: TrackFacts,
  table: FilmTrack,
  { places, isLong }: { readonly places: readonly number[]; readonly isLong: boolean },
): Buffer {
  const { timescale, leadTicks } = init
  const language = /^[a-z]{3}$/.test(init.language) ? init.language : 'und'
  const media = { timescale, durationTicks: Math.min(untold, table.durationTicks), language }
  const edits = writeU32(1, durationTicks, leadTicks, 0x10000)
  return writeBox(
    'trak',
    writeTrackHeader(init, durationTicks, id),
    writeBox('edts', writeFullBox('elst', {}, edits)),
    writeMedia(init, media, table.writeTable(places, isLong)),
  )
}
