import { type Box, readBoxes } from './box.ts'
import { writeBox } from './write-box.ts'

const audioFieldBytes = 28
const videoFieldBytes = 78
const compressorName = { start: 42, end: 74 }

/**
 * A sample entry without what differs between two encoders of the same stream: the encoder's name
 * (it holds ffmpeg's version), and `btrt`, whose rates are guesses made before the first picture.
 */
export function cleanSampleEntry(entry: Box): Buffer {
  const isAudio = entry.type === 'mp4a' || entry.type === 'Opus'
  const fieldBytes = isAudio ? audioFieldBytes : videoFieldBytes
  const fields = Buffer.from(entry.body.subarray(0, fieldBytes))
  if (!isAudio) fields.fill(0, compressorName.start, compressorName.end)
  const children = readBoxes(entry.body.subarray(fieldBytes))
    .filter((box) => box.type !== 'btrt')
    .map((box) => writeBox(box.type, box.body))
  return writeBox(entry.type, fields, ...children)
}
