/** Types of the first NAL units of a sample whose units are preceded by their lengths. */
function readNalTypes(sample: Buffer, lengthBytes: number, codec: 'avc' | 'hevc'): number[] {
  const types: number[] = []
  for (let at = 0; at + lengthBytes < sample.length && types.length < 64; ) {
    const size = sample.readUIntBE(at, lengthBytes)
    const first = sample[at + lengthBytes] ?? 0
    types.push(codec === 'avc' ? first & 0x1f : (first >> 1) & 0x3f)
    at += lengthBytes + size
  }
  return types
}

const AVC_IDR = 5
/** IDR_W_RADL and IDR_N_LP, ITU-T H.265 table 7-1. */
const HEVC_IDR = [19, 20]

/**
 * Whether a sample is an IDR picture: by its NAL units for H.264 and HEVC, by its frame header for
 * VP9. Null for codecs where the sample's flags are all there is to see.
 */
export function isIdrSample(
  sample: Buffer,
  entry: string,
  nalLengthBytes: number | null,
): boolean | null {
  if (/^avc[13]$/.test(entry)) {
    return readNalTypes(sample, nalLengthBytes ?? 4, 'avc').includes(AVC_IDR)
  }
  if (/^(hvc1|hev1|dvh1|dvhe)$/.test(entry)) {
    const types = readNalTypes(sample, nalLengthBytes ?? 4, 'hevc')
    return types.some((type) => HEVC_IDR.includes(type))
  }
  return entry === 'vp09' ? isVp9KeyFrame(sample[0] ?? 0) : null
}

/** VP9 bitstream section 6.2: marker, two profile bits, show_existing_frame, then frame_type 0. */
function isVp9KeyFrame(first: number): boolean {
  const threeProfileBits = (first & 0x30) === 0x30
  const bits = threeProfileBits ? first << 1 : first
  return (bits & 0x08) === 0 && (bits & 0x04) === 0
}
