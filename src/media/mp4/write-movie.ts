import {
  type TrackKind,
  writeMedia,
  writeMovieHeader,
  writeTrackHeader,
} from '../boxes/header-boxes.ts'
import { writeBox, writeFullBox, writeU32, writeU64 } from '../boxes/write-box.ts'

/** A coded picture or frame of sound in a plain MP4, in the order of decoding. */
export interface MovieSample {
  readonly bytes: number
  /** To the decode time of the next one. */
  readonly durationTicks: number
  /** Presentation time minus decode time; may be negative. */
  readonly compositionOffset: number
  readonly isSync: boolean
}

interface Movie {
  readonly track: TrackKind
  /** Units per second, of the movie and its track. */
  readonly timescale: number
  /** The whole entry of the `stsd`, header included. */
  readonly sampleEntry: Buffer
  readonly samples: readonly MovieSample[]
  /** Where the samples lie in the file, one after the other. */
  readonly offset: number
  /** What a player shows: from this media time, for so long (ISO/IEC 14496-12 section 8.6.6). */
  readonly edit: { readonly mediaTime: number; readonly durationTicks: number }
}

/** The `moov` of an MP4 of one track whose samples lie in one run (ISO/IEC 14496-12 section 8.2). */
export function writeMovie({ track, timescale, edit, ...media }: Movie): Buffer {
  const durationTicks = media.samples.reduce((sum, sample) => sum + sample.durationTicks, 0)
  const edits = writeU32(1, edit.durationTicks, edit.mediaTime, 0x10000)
  return writeBox(
    'moov',
    writeMovieHeader(timescale, edit.durationTicks),
    writeBox(
      'trak',
      writeTrackHeader(track, edit.durationTicks),
      writeBox('edts', writeFullBox('elst', {}, edits)),
      writeMedia(track, { timescale, durationTicks }, writeSampleTable(media)),
    ),
  )
}

function writeSampleTable({
  sampleEntry,
  samples,
  offset,
}: Pick<Movie, 'sampleEntry' | 'samples' | 'offset'>): Buffer {
  const offsets = samples.map(({ compositionOffset }) => compositionOffset)
  const keys = samples.flatMap(({ isSync }, index) => (isSync ? [index + 1] : []))
  return writeBox(
    'stbl',
    writeFullBox('stsd', {}, writeU32(1), sampleEntry),
    writeFullBox('stts', {}, writeRuns(samples.map(({ durationTicks }) => durationTicks))),
    writeFullBox('ctts', { version: 1 }, writeRuns(offsets)),
    writeFullBox('stss', {}, writeU32(keys.length, ...keys)),
    writeFullBox('stsc', {}, writeU32(1, 1, samples.length, 1)),
    writeFullBox('stsz', {}, writeU32(0, samples.length, ...samples.map(({ bytes }) => bytes))),
    writeFullBox('co64', {}, writeU32(1), writeU64(offset)),
  )
}

/** A table of [count, value]: how often each value follows itself. */
function writeRuns(values: readonly number[]): Buffer {
  const runs: [count: number, value: number][] = []
  for (const value of values) {
    const last = runs.at(-1)
    if (last && last[1] === value) last[0] += 1
    else runs.push([1, value])
  }
  return writeU32(runs.length, ...runs.flat())
}
