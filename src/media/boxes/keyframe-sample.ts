import { refuse } from './refuse.ts'

const headerBytes = 8
const longHeaderBytes = 16

/**
 * The first coded picture in the bytes that an I-frame playlist names: a `moof`, the header of its
 * `mdat`, and the picture to its end (media/tracks/track.ts, `Keyframe`). Fails with `segment_refused`.
 */
export function takeKeyframeSample(bytes: Buffer): Buffer {
  const moofBytes = readSize(bytes, 0, 'moof')
  const isLong = readSize(bytes, moofBytes, 'mdat') === 1
  return bytes.subarray(moofBytes + (isLong ? longHeaderBytes : headerBytes))
}

function readSize(bytes: Buffer, offset: number, type: string): number {
  const isThere = offset + headerBytes < bytes.length
  if (!isThere || bytes.toString('latin1', offset + 4, offset + 8) !== type) {
    refuse(`There is no ${type} where a key frame should be.`)
  }
  return bytes.readUInt32BE(offset)
}
