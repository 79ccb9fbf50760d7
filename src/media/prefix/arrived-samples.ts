import { findBox, openFullBox, readBoxes, requireBox } from '../boxes/box.ts'
import { refuse } from '../boxes/refuse.ts'
import { readEdit } from '../probe/edit-list.ts'
import { type Arrived, leastOf } from './arrived.ts'
import { findMissingSample } from './missing-sample.ts'
import { walkRuns } from './walk-runs.ts'

interface Wanted {
  readonly arrivedBytes: number
  /** Indices of the used streams, which are the tracks in their order. */
  readonly streams: readonly number[]
}

const all = Number.POSITIVE_INFINITY

/**
 * How far the tracks of a `moov` body are there when so many bytes of the file are: its sample tables
 * tell where each sample lies (ISO/IEC 14496-12, 8.6 and 8.7). Some ten milliseconds for a film of
 * hours: no object is made for a sample.
 *
 * @throws ReelmillError `segment_refused` where the tables do not agree.
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
  const ticks = findFirstMissing(stbl, arrivedBytes)
  const seconds = (ticks - edit.mediaTime + edit.delayTicks) / media
  return handler.toString('latin1') === 'vide'
    ? { pictureSeconds: seconds, soundSeconds: all }
    : { pictureSeconds: all, soundSeconds: seconds }
}

/**
 * When the first is presented of all samples that are not there; Infinity when all are. Pictures are
 * shown in another order than they lie in.
 */
function findFirstMissing(stbl: Buffer, arrivedBytes: number): number {
  const { missing, samples } = findMissingSample(stbl, arrivedBytes)
  const nextDuration = walkRuns(requireBox(stbl, 'stts'))
  const ctts = findBox(stbl, 'ctts')
  const nextShift = ctts ? walkRuns(ctts) : () => 0
  let least = all
  for (let sample = 0, decodeTime = 0; sample < samples; sample++) {
    const shown = decodeTime + nextShift()
    if (sample >= missing && shown < least) least = shown
    decodeTime += nextDuration()
  }
  return least
}

function readTimescale(parent: Buffer, type: 'mvhd' | 'mdhd'): number {
  const { version, cursor } = openFullBox(requireBox(parent, type))
  const timescale = cursor.skip(version === 1 ? 16 : 8).readU32()
  return timescale === 0 ? refuse('A timescale is 0.') : timescale
}
