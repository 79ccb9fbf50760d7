import { findBox, readBoxes } from './box.ts'
import { cleanConfiguration } from './clean-configuration.ts'
import type { ParsedAudioInit, ParsedInit, ParsedVideoInit } from './parse-init.ts'
import { writeBox, writeU32 } from './write-box.ts'
import { type Look, writeColor, writePixelAspect } from './write-look.ts'

const videoFieldBytes = 78
/** Six bytes that are reserved, and the first data reference: the file itself. */
const referenceToItself = Buffer.from([0, 0, 0, 0, 0, 0, 0, 1])
const progressive = Buffer.from([1, 0])

/**
 * The sample entry of a track, made anew: of what its encoder wrote there is nothing in it but the
 * size or the sound's format, and the codec's configuration. So it names no encoder, holds no rates
 * (`btrt`, guesses made before the first picture), and no picture is cropped, stretched or coloured
 * otherwise than `look` says.
 */
export function writeSampleEntry(init: ParsedInit, look: Look | undefined): Buffer {
  const [entry] = readBoxes(init.sampleEntry)
  if (!entry) throw new TypeError('an init that was read has a sample entry')
  const configuration = cleanConfiguration(entry)
  if (init.kind === 'audio') {
    return writeBox(entry.type, referenceToItself, writeAudioFields(init), configuration)
  }
  // Written by ffmpeg for some encoders; fields that are interlaced are never ordered.
  const scan = findBox(entry.body.subarray(videoFieldBytes), 'fiel')
  return writeBox(
    entry.type,
    referenceToItself,
    writeVideoFields(init),
    configuration,
    ...(scan?.body.equals(progressive) ? [writeBox('fiel', progressive)] : []),
    ...(look ? [writeColor(look.color), writePixelAspect(look.pixelAspect)] : []),
  )
}

/** ISO/IEC 14496-12 section 12.1.3: 72 dots per inch, a picture a sample, no name, no alpha. */
function writeVideoFields({ width, height }: ParsedVideoInit): Buffer {
  const size = width * 0x10000 + height
  const resolution = 72 * 0x10000
  const name = Buffer.alloc(32)
  return Buffer.concat([
    writeU32(0, 0, 0, 0, size, resolution, resolution, 0),
    Buffer.from([0, 1]),
    name,
    Buffer.from([0, 24, 0xff, 0xff]),
  ])
}

/** Section 12.2.3: samples of 16 bits. */
function writeAudioFields({ channels, sampleRate }: ParsedAudioInit): Buffer {
  return writeU32(0, 0, channels * 0x10000 + 16, 0, sampleRate * 0x10000)
}
