import { Cursor } from '../boxes/cursor.ts'
import { refuse } from '../boxes/refuse.ts'
import { stripEntry } from '../mp4/strip-entry.ts'

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
  const number = Math.round(Number(level) * 10)
  return stripEntry(sampleEntry, 'avc1', (body) => pinConfiguration(body, number))
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
