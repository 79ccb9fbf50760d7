import { refuse } from './refuse.ts'

/**
 * The first bytes of the NAL units of a sample, by the lengths before them (ISO/IEC 14496-15
 * section 4.3). Lengths that do not fill the sample exactly fail with `segment_refused`.
 */
export function readNalHeaders(sample: Buffer, lengthBytes: number): number[] {
  const headers: number[] = []
  let offset = 0
  while (offset < sample.length) {
    if (offset + lengthBytes >= sample.length) refuse('A NAL unit is cut off.')
    const size = sample.readUIntBE(offset, lengthBytes)
    offset += lengthBytes
    if (size === 0 || offset + size > sample.length) refuse('The length of a NAL unit is wrong.')
    headers.push(sample.readUInt8(offset))
    offset += size
  }
  return headers
}
