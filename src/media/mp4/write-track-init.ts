import {
  type TrackKind,
  writeMedia,
  writeMovieHeader,
  writeTrackHeader,
} from '../boxes/header-boxes.ts'
import { writeBox, writeFullBox, writeU32 } from '../boxes/write-box.ts'
import { type InitOptions, writeInit } from '../boxes/write-init.ts'

interface TrackInit {
  readonly track: TrackKind
  /** Units per second. */
  readonly timescale: number
  /** The whole entry of the `stsd`, header included. */
  readonly sampleEntry: Buffer
}

/**
 * The init segment of a track whose samples come from a plain MP4: nothing of that file is in it but
 * what `writeInit` keeps of the sample entry. Fails with `segment_refused` when the entry is of an
 * unknown kind.
 */
export function writeTrackInit(
  { track, timescale, sampleEntry }: TrackInit,
  options: InitOptions,
): Buffer {
  const empty = { timescale, durationTicks: 0 }
  const table = writeBox('stbl', writeFullBox('stsd', {}, writeU32(1), sampleEntry))
  const raw = writeBox(
    'moov',
    writeMovieHeader(timescale, 0),
    writeBox('trak', writeTrackHeader(track, 0), writeMedia(track, empty, table)),
    writeBox('mvex', writeFullBox('trex', {}, writeU32(1, 1, 0, 0, 0))),
  )
  return writeInit(raw, options)
}
