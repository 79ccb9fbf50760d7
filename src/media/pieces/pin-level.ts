import { readBoxes, requireOneBox } from '../boxes/box.ts'
import { Cursor } from '../boxes/cursor.ts'
import { refuse } from '../boxes/refuse.ts'
import { writeBox } from '../boxes/write-box.ts'

const videoFieldBytes = 78
const highProfile = 100

/**
 * A sample entry of H.264 (`avc1`) that holds its configuration only, with the given level in it and
 * in its parameter sets.
 * An encoder that was told no level chooses the lowest that its rate needs, and so a different one
 * for another piece of the same track; a stream of a level is one of every higher level too (ITU-T
 * H.264 section A.3). Profiles other than High and levels above the given fail with
 * `segment_refused`.
 *
 * @param level - as plans write it: "3.1".
 */
export function pinLevel(sampleEntry: Buffer, level: string): Buffer {
  const [entry] = readBoxes(sampleEntry)
  if (entry?.type !== 'avc1') refuse('The pictures are not H.264.', { found: entry?.type })
  const { body } = requireOneBox(entry.body.subarray(videoFieldBytes), 'avcC')
  const configuration = pinConfiguration(body, Math.round(Number(level) * 10))
  const fields = entry.body.subarray(0, videoFieldBytes)
  return writeBox(entry.type, fields, writeBox('avcC', configuration))
}

/** ISO/IEC 14496-15 section 5.3.3.1: version, profile, compatibility, level, then the sets. */
function pinConfiguration(body: Buffer, level: number): Buffer {
  const pinned = Buffer.from(body)
  const cursor = new Cursor(body).skip(1)
  if (cursor.readU8() !== highProfile) refuse('The profile is not High.')
  checkLevel(cursor.skip(1).readU8(), level)
  pinned.writeUInt8(level, 3)
  const sets = cursor.skip(1).readU8() & 31
  if (sets !== 1) refuse('There must be one sequence parameter set.')
  const bytes = cursor.readU16()
  const start = cursor.position
  const set = new Cursor(cursor.readBytes(bytes))
  if ((set.readU8() & 31) !== 7 || set.readU8() !== highProfile) {
    refuse('The sequence parameter set is not of High profile.')
  }
  checkLevel(set.skip(1).readU8(), level)
  pinned.writeUInt8(level, start + 3)
  return pinned
}

function checkLevel(found: number, level: number): void {
  if (found > level) refuse('The level is above the one that was ordered.', { found, level })
}
