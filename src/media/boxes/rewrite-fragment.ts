import { findBox, openFullBox, requireBox } from './box.ts'
import { refuse } from './refuse.ts'

/** A fragment's place in its track. */
export interface FragmentPlace {
  /** From 1, growing by one with each fragment of the track. */
  readonly sequenceNumber: number
  /** Decode time of the first sample, in ticks. */
  readonly baseDecodeTime: number
}

/**
 * The fragment (`moof` and `mdat`) moved to another place in its track; samples are untouched. The
 * bytes that were given stay as they are. Needs a 64-bit `tfdt`, which ffmpeg always writes.
 */
export function rewriteFragment(bytes: Buffer, place: FragmentPlace): Buffer {
  const moved = Buffer.from(bytes)
  const moof = requireBox(moved, 'moof').body
  const tfdt = requireBox(moof, 'traf', 'tfdt')
  if (openFullBox(tfdt).version !== 1 || tfdt.body.length < 12) {
    refuse('The decode time of a fragment must have 64 bits.')
  }
  tfdt.body.writeBigUInt64BE(BigInt(place.baseDecodeTime), 4)
  const mfhd = findBox(moof, 'mfhd')
  if (!mfhd || mfhd.body.length < 8) refuse('A fragment has no sequence number.')
  mfhd.body.writeUInt32BE(place.sequenceNumber, 4)
  return moved
}
