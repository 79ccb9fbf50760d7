import { writeBox, writeFullBox, writeU32 } from '../boxes/write-box.ts'
import { writeInit } from '../boxes/write-init.ts'
import { type TrackKind, writeMedia, writeMovieHeader, writeTrackHeader } from './header-boxes.ts'

interface TrackInit {
  readonly track: TrackKind
  /** Units per second. */
  readonly timescale: number
  /** The whole entry of the `stsd`, header included. */
  readonly sampleEntry: Buffer
  /** As `writeInit` has it: media time that is presented at 0. */
  readonly leadTicks: number
  /** BCP 47; left out when unknown. */
  readonly language?: string
}

/**
 * The init segment of a track whose samples come from a plain MP4: nothing of that file is in it but
 * the sample entry, and of that no names and rates. Fails with `segment_refused` when the entry is
 * of an unknown kind.
 */
export function writeTrackInit({ track, timescale, sampleEntry, ...rest }: TrackInit): Buffer {
  const empty = { timescale, durationTicks: 0 }
  const table = writeBox('stbl', writeFullBox('stsd', {}, writeU32(1), sampleEntry))
  const raw = writeBox(
    'moov',
    writeMovieHeader(timescale, 0),
    writeBox('trak', writeTrackHeader(track, 0), writeMedia(track, empty, table)),
    writeBox('mvex', writeFullBox('trex', {}, writeU32(1, 1, 0, 0, 0))),
  )
  const { leadTicks, language } = rest
  return writeInit(raw, { leadTicks, ...(language ? { language } : {}) })
}
