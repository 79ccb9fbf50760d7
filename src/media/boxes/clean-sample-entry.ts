import { type Box, readBoxes } from './box.ts'
import { cleanHevcConfiguration } from './clean-hevc-configuration.ts'
import { writeBox } from './write-box.ts'

const audioFieldBytes = 28
const videoFieldBytes = 78
const compressorName = { start: 42, end: 74 }

/**
 * A sample entry without what differs between two encoders of the same stream: the encoder's name
 * (it holds ffmpeg's version), `btrt`, whose rates are guesses made before the first picture, and
 * what x265 tells of the machine that it ran on.
 */
export function cleanSampleEntry(entry: Box): Buffer {
  const isAudio = entry.type === 'mp4a' || entry.type === 'Opus'
  const fieldBytes = isAudio ? audioFieldBytes : videoFieldBytes
  const fields = Buffer.from(entry.body.subarray(0, fieldBytes))
  if (!isAudio) fields.fill(0, compressorName.start, compressorName.end)
  const children = readBoxes(entry.body.subarray(fieldBytes))
    .filter((box) => box.type !== 'btrt')
    .map(({ type, body }) => writeBox(type, type === 'hvcC' ? cleanHevcConfiguration(body) : body))
  return writeBox(entry.type, fields, ...children)
}
