import { writeBox, writeFullBox, writeU32, writeU64 } from './write-box.ts'
import { writeSegment } from './write-segment.ts'

/** A segment of sound to be: its place in the track, and the coded frames. */
export interface AudioSegmentParts {
  readonly trackId: number
  /** From 1, growing by one with each segment of the track. */
  readonly sequenceNumber: number
  /** Decode time of the first frame, in ticks. */
  readonly baseDecodeTime: number
  readonly samples: readonly AudioSample[]
}

/** A coded audio frame; all of them are sync samples. */
export interface AudioSample {
  readonly durationTicks: number
  readonly data: Buffer
}

const tfhdFlags = 0x20038
const trunFlags = 0x301
/** Depends on no other sample, and is a sync sample: ISO/IEC 14496-12 section 8.8.3.1. */
const independent = 0x02000000

/**
 * A CMAF segment of one fragment that holds the given audio frames. The defaults stand in the
 * fragment itself, as the brand `cmf2` wants it.
 */
export function buildSegment(parts: AudioSegmentParts): Buffer {
  const mdat = writeBox('mdat', ...parts.samples.map((sample) => sample.data))
  // The data offset counts from the moof, whose size does not depend on it.
  const dataOffset = writeMoof(parts, 0).length + 8
  return writeSegment([Buffer.concat([writeMoof(parts, dataOffset), mdat])])
}

function writeMoof(parts: AudioSegmentParts, dataOffset: number): Buffer {
  const { trackId, sequenceNumber, baseDecodeTime, samples } = parts
  const duration = samples[0]?.durationTicks ?? 0
  const size = samples[0]?.data.length ?? 0
  const rows = samples.flatMap((sample) => [sample.durationTicks, sample.data.length])
  return writeBox(
    'moof',
    writeFullBox('mfhd', {}, writeU32(sequenceNumber)),
    writeBox(
      'traf',
      writeFullBox('tfhd', { flags: tfhdFlags }, writeU32(trackId, duration, size, independent)),
      writeFullBox('tfdt', { version: 1 }, writeU64(baseDecodeTime)),
      writeFullBox('trun', { flags: trunFlags }, writeU32(samples.length, dataOffset, ...rows)),
    ),
  )
}
