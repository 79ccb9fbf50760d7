import { writeBox, writeU32 } from './write-box.ts'

// A media segment of DASH (msdh) and of CMAF (cmfs): ISO/IEC 23000-19 section 7.2.
const styp = writeBox('styp', Buffer.from('msdh'), writeU32(0), Buffer.from('msdhcmfs'))

/** A CMAF segment of whole fragments (each a `moof` and its `mdat`), in their order and in any pieces. */
export function writeSegment(fragments: readonly Buffer[]): Buffer {
  return Buffer.concat([styp, ...fragments])
}
