import { findBox, openFullBox, requireBox } from '../boxes/box.ts'
import { refuse } from '../boxes/refuse.ts'

/** Version, flags and two numbers before the sizes of an `stsz`; one number before other tables. */
const sizesAt = 12
const entriesAt = 8
/** Ten hours of pictures at 60 a second. Uncompressed sound has more: its video waits for the rest. */
const maxSamples = 2_200_000

/**
 * The first sample, in the order of decoding, that does not lie wholly in the first bytes of the file,
 * and how many there are (ISO/IEC 14496-12, 8.7.3 to 8.7.5); when all are there, that number twice.
 *
 * @throws ReelmillError `segment_refused` where the tables do not agree, or are too large.
 */
export function findMissingSample(
  stbl: Buffer,
  arrivedBytes: number,
): { readonly missing: number; readonly samples: number } {
  const { samples, sizeOf } = openSizes(stbl)
  const { chunks, startOf } = openChunks(stbl)
  const nextLength = walkChunkLengths(stbl)
  let sample = 0
  for (let chunk = 0; chunk < chunks && sample < samples; chunk++) {
    let end = startOf(chunk)
    for (let left = nextLength(chunk); left > 0 && sample < samples; left--) {
      end += sizeOf(sample)
      if (end > arrivedBytes) return { missing: sample, samples }
      sample += 1
    }
  }
  if (sample !== samples) refuse('There are samples that lie nowhere.')
  return { missing: samples, samples }
}

function openSizes(stbl: Buffer) {
  const { body } = requireBox(stbl, 'stsz')
  const { cursor } = openFullBox(requireBox(stbl, 'stsz'))
  const common = cursor.readU32()
  const samples = cursor.readU32()
  if (samples > maxSamples) refuse('There are too many samples.')
  if (common === 0 && sizesAt + samples * 4 > body.length) refuse('The sizes are cut off.')
  const sizeOf = (sample: number) => common || body.readUInt32BE(sizesAt + sample * 4)
  return { samples, sizeOf }
}

function openChunks(stbl: Buffer) {
  const long = findBox(stbl, 'co64')
  const { body } = long ?? requireBox(stbl, 'stco')
  if (body.length < entriesAt) refuse('The table of chunks is cut off.')
  const chunks = body.readUInt32BE(4)
  if (entriesAt + chunks * (long ? 8 : 4) > body.length) refuse('The table of chunks is cut off.')
  const startOf = (chunk: number) =>
    long
      ? Number(body.readBigUInt64BE(entriesAt + chunk * 8))
      : body.readUInt32BE(entriesAt + chunk * 4)
  return { chunks, startOf }
}

/** Samples of chunk after chunk, asked for in ascending order. */
function walkChunkLengths(stbl: Buffer): (chunk: number) => number {
  const { cursor } = openFullBox(requireBox(stbl, 'stsc'))
  const count = cursor.readU32()
  if (count * 12 > cursor.remaining) refuse('The table of chunks is cut off.')
  const runs = Array.from({ length: count }, () => {
    const run = { firstChunk: cursor.readU32(), samples: cursor.readU32() }
    cursor.skip(4)
    return run
  })
  let run = 0
  return (chunk) => {
    while ((runs[run + 1]?.firstChunk ?? Number.POSITIVE_INFINITY) <= chunk + 1) run += 1
    return runs[run]?.samples ?? 0
  }
}
