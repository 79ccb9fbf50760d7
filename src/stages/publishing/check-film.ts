import { ReelmillError } from '#errors/reelmill-error.ts'
import { readBoxes, requireBox } from '#media/boxes/box.ts'
import { listSamples } from '#media/mp4/sample-list.ts'

/** What a film must hold. */
export interface ExpectedFilm {
  readonly sizeBytes: number
  /** Of each track, in their order. */
  readonly samples: readonly number[]
}

interface Reading {
  readonly sizeBytes: number
  /** So many bytes from `position` on. */
  readonly read: (position: number, bytes: number) => Promise<Buffer>
}

/** `ftyp` and the headers of what follows. */
const openingBytes = 64

/**
 * Proves that a film plays while it is loaded: its `moov` comes first, and lists as many samples as
 * its tracks have segments for, none of which lies outside of the file.
 *
 * @throws ReelmillError `output_refused`, saying what is wrong.
 */
export async function checkFilm(
  { sizeBytes, read }: Reading,
  { samples }: Pick<ExpectedFilm, 'samples'>,
): Promise<void> {
  const opening = await read(0, Math.min(openingBytes, sizeBytes))
  const fileTypeBytes = opening.readUInt32BE(0)
  const isOpening = fileTypeBytes + 8 <= opening.length && typeAt(opening, 0) === 'ftyp'
  if (!isOpening || typeAt(opening, fileTypeBytes) !== 'moov') refuse('does not begin with a moov')
  const moovBytes = opening.readUInt32BE(fileTypeBytes)
  if (fileTypeBytes + moovBytes > sizeBytes) refuse('is cut off')
  const moov = requireBox(await read(fileTypeBytes, moovBytes), 'moov').body
  const traks = readBoxes(moov).filter(({ type }) => type === 'trak')
  if (traks.length !== samples.length) refuse('has not the tracks that were planned')
  for (const [index, { body }] of traks.entries()) {
    const maxSamples = samples[index] ?? 0
    const table = requireBox(body, 'mdia', 'minf', 'stbl').body
    const found = listSamples(table, { maxSamples, fileBytes: sizeBytes }).length
    if (found !== maxSamples) refuse(`has ${found} samples in a track, expected ${maxSamples}`)
  }
}

function typeAt(bytes: Buffer, offset: number): string {
  return bytes.toString('latin1', offset + 4, offset + 8)
}

function refuse(what: string): never {
  throw new ReelmillError('output_refused', `An MP4 to download ${what}.`)
}
