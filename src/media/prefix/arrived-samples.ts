import { openFullBox, readBoxes, requireBox } from '../boxes/box.ts'
import { refuse } from '../boxes/refuse.ts'
import { type FileSample, listSamples } from '../mp4/sample-list.ts'
import { readEdit } from '../probe/edit-list.ts'
import { type Arrived, leastOf } from './arrived.ts'

/** Five hours of pictures at 60 a second: a longer table would take the server's time at each look. */
const maxSamples = 1_100_000

interface Wanted {
  readonly arrivedBytes: number
  /** Indices of the used streams, which are the tracks in their order. */
  readonly streams: readonly number[]
}

/**
 * How far the tracks of a `moov` body are there when so many bytes of the file are: its sample tables
 * tell where each sample lies (ISO/IEC 14496-12, 8.6 and 8.7).
 *
 * @throws ReelmillError `segment_refused` where the tables do not agree or are too large.
 */
export function measureArrivedSamples(moov: Buffer, { arrivedBytes, streams }: Wanted): Arrived {
  const movie = readTimescale(moov, 'mvhd')
  const traks = readBoxes(moov).filter(({ type }) => type === 'trak')
  return leastOf(
    streams.map((index) => {
      const trak = traks[index] ?? refuse('There is no such track.')
      return measureTrack(trak.body, movie, arrivedBytes)
    }),
  )
}

function measureTrack(trak: Buffer, movie: number, arrivedBytes: number): Arrived {
  const mdia = requireBox(trak, 'mdia').body
  const handler = openFullBox(requireBox(mdia, 'hdlr')).cursor.skip(4).readBytes(4)
  const media = readTimescale(mdia, 'mdhd')
  const edit = readEdit(trak, { movie, media }) ?? refuse('The edit list is an unusual one.')
  const stbl = requireBox(mdia, 'minf', 'stbl').body
  const samples = listSamples(stbl, { maxSamples, fileBytes: Number.MAX_SAFE_INTEGER })
  const isVideo = handler.toString('latin1') === 'vide'
  const ticks = isVideo ? findPictures(samples, arrivedBytes) : findSound(samples, arrivedBytes)
  const seconds = (ticks - edit.mediaTime + edit.delayTicks) / media
  const all = Number.POSITIVE_INFINITY
  return isVideo
    ? { pictureSeconds: seconds, soundSeconds: all }
    : { pictureSeconds: all, soundSeconds: seconds }
}

function findMissing(samples: readonly FileSample[], arrivedBytes: number): number {
  return samples.findIndex(({ offset, bytes }) => offset + bytes > arrivedBytes)
}

/** Pictures are shown in another order than they lie in: what is shown first of all that is missing. */
function findPictures(samples: readonly FileSample[], arrivedBytes: number): number {
  const missing = findMissing(samples, arrivedBytes)
  if (missing < 0) return Number.POSITIVE_INFINITY
  return samples
    .slice(missing)
    .reduce((least, { presentationTime }) => Math.min(least, presentationTime), Infinity)
}

function findSound(samples: readonly FileSample[], arrivedBytes: number): number {
  const missing = findMissing(samples, arrivedBytes)
  return samples[missing]?.decodeTime ?? Number.POSITIVE_INFINITY
}

function readTimescale(parent: Buffer, type: 'mvhd' | 'mdhd'): number {
  const { version, cursor } = openFullBox(requireBox(parent, type))
  const timescale = cursor.skip(version === 1 ? 16 : 8).readU32()
  return timescale === 0 ? refuse('A timescale is 0.') : timescale
}
