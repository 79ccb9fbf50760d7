import { openFullBox, readBoxes, requireBox, requireOneBox } from '../boxes/box.ts'
import { refuse } from '../boxes/refuse.ts'
import { readEdit } from '../probe/edit-list.ts'
import { type FileSample, listSamples } from './sample-list.ts'

/** The only track of a plain MP4. */
export interface MovieTrack {
  /** "vide", "soun". */
  readonly handler: string
  readonly timescale: number
  /** The whole entry of the `stsd`, header included. */
  readonly sampleEntry: Buffer
  readonly samples: readonly FileSample[]
  /** Media time that is presented at 0. */
  readonly leadTicks: number
}

/**
 * Reads the body of a `moov` by a stranger: exactly one track, whole, with one sample entry and at
 * most an edit list that skips a lead. Anything else fails with `segment_refused`.
 */
export function parseMovie(
  moov: Buffer,
  limits: { readonly maxSamples: number; readonly fileBytes: number },
): MovieTrack {
  const trak = requireOneBox(moov, 'trak').body
  if (readBoxes(moov).some(({ type }) => type === 'mvex')) refuse('The file is in fragments.')
  const mdia = requireBox(trak, 'mdia').body
  const handler = openFullBox(requireBox(mdia, 'hdlr')).cursor.skip(4).readBytes(4)
  const timescale = readTimescale(requireBox(mdia, 'mdhd'))
  const stbl = requireBox(mdia, 'minf', 'stbl').body
  const edit = readEdit(trak, {
    movie: readTimescale(requireBox(moov, 'mvhd')),
    media: timescale,
  })
  if (!edit || edit.delayTicks !== 0) refuse('The edit list does more than skip a lead.')
  return {
    handler: handler.toString('latin1'),
    timescale,
    sampleEntry: readEntry(stbl),
    samples: listSamples(stbl, limits),
    leadTicks: edit.mediaTime,
  }
}

function readTimescale(box: ReturnType<typeof requireBox>): number {
  const { version, cursor } = openFullBox(box)
  const timescale = cursor.skip(version === 1 ? 16 : 8).readU32()
  if (timescale === 0) refuse('A timescale is 0.')
  return timescale
}

function readEntry(stbl: Buffer): Buffer {
  const { cursor } = openFullBox(requireOneBox(stbl, 'stsd'))
  if (cursor.readU32() !== 1) refuse('A track must have exactly one sample entry.')
  return Buffer.from(cursor.readBytes(cursor.remaining))
}
