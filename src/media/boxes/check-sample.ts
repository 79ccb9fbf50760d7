import { isAv1KeyFrame } from './av1-units.ts'
import { readNalHeaders } from './nal-units.ts'
import type { ParsedVideoInit } from './parse-init.ts'
import { refuse } from './refuse.ts'

/** Fails with `segment_refused` where a coded picture is not what its place wants. */
export type CheckSample = (sample: Buffer, mustBeKey: boolean) => void

/**
 * The check of a track's coded pictures: the structure of all, and that key frames are such that
 * everything can be decoded from there on. Looks at headers only, never at every byte.
 */
export function chooseSampleCheck(init: ParsedVideoInit): CheckSample {
  const lengthBytes = init.nalLengthBytes ?? 4
  if (init.codec === 'h264') {
    return (sample, mustBeKey) => checkAvc(readNalHeaders(sample, lengthBytes), mustBeKey)
  }
  if (init.codec === 'hevc') {
    return (sample, mustBeKey) => checkHevc(readNalHeaders(sample, lengthBytes), mustBeKey)
  }
  if (init.codec === 'vp9') return keyFrameCheck(isVp9KeyFrame)
  if (init.codec === 'av1') return keyFrameCheck(isAv1KeyFrame)
  return refuse('The track holds no pictures.')
}

/** ITU-T H.264 table 7-1: 1 to 5 are pictures, 5 an IDR; 7 and 8 parameter sets. */
function checkAvc(headers: readonly number[], mustBeKey: boolean): void {
  const types = headers.map((header) => header & 0x1f)
  if (types.includes(7) || types.includes(8)) refuseParameterSets()
  const pictures = types.filter((type) => type >= 1 && type <= 5)
  checkPictures(pictures, mustBeKey, (type) => type === 5)
}

/** ITU-T H.265 table 7-1: below 32 are pictures, 19 and 20 IDRs; 32 to 34 parameter sets. */
function checkHevc(headers: readonly number[], mustBeKey: boolean): void {
  const types = headers.map((header) => (header >> 1) & 0x3f)
  if (types.some((type) => type >= 32 && type <= 34)) refuseParameterSets()
  const pictures = types.filter((type) => type < 32)
  checkPictures(pictures, mustBeKey, (type) => type === 19 || type === 20)
}

function checkPictures(
  pictures: readonly number[],
  mustBeKey: boolean,
  isKey: (type: number) => boolean,
): void {
  if (pictures.length === 0) refuse('A sample holds no picture.')
  if (mustBeKey && !pictures.every(isKey)) refuseKey()
}

/** Apple's rule 1.10: they are in the sample entry, and `avc1` and `hvc1` allow them nowhere else. */
function refuseParameterSets(): never {
  refuse('Parameter sets stand between the pictures.')
}

function refuseKey(): never {
  refuse('A group of pictures does not start with a key frame.')
}

function keyFrameCheck(isKeyFrame: (sample: Buffer) => boolean): CheckSample {
  return (sample, mustBeKey) => {
    if (mustBeKey && !isKeyFrame(sample)) refuseKey()
  }
}

/** VP9 Bitstream section 6.2: frame marker 2, no existing frame shown again, frame type 0 (key). */
function isVp9KeyFrame(sample: Buffer): boolean {
  const first = sample.readUInt8(0)
  if (first >> 6 !== 2) return false
  // Profile 3 has one more bit between the profile and the two that count.
  const isProfile3 = ((first >> 4) & 3) === 3
  return (isProfile3 ? first & 0b0110 : first & 0b1100) === 0
}
