import { readBoxes } from '../boxes/box.ts'
import { writeBox } from '../boxes/write-box.ts'
import { type Color, writeColor, writePixelAspect } from '../boxes/write-look.ts'
import { reduce } from '../rational.ts'

interface Size {
  readonly width: number
  readonly height: number
}

interface Dress {
  readonly stored: Size
  /** What it will be scaled to. */
  readonly scaled: Size
  /** What its pictures are taken for when they do not say it themselves. */
  readonly color: Color
}

const videoFieldBytes = 78
const replaced = new Set(['pasp', 'colr', 'btrt', 'clap'])

/**
 * The sample entry of a small source file, made so that an encoder that only scales comes out right:
 * a pixel aspect that its rounding to even sizes turns into exactly 1:1, and the colour that all
 * renditions of the video are tagged with.
 */
export function dressEntry(sampleEntry: Buffer, { stored, scaled, color }: Dress): Buffer {
  const [entry] = readBoxes(sampleEntry)
  if (!entry) throw new TypeError('a sample entry is a box')
  const kept = readBoxes(entry.body.subarray(videoFieldBytes))
    .filter(({ type }) => !replaced.has(type))
    .map(({ type, body }) => writeBox(type, body))
  const aspect = writePixelAspect(
    reduce([scaled.width * stored.height, scaled.height * stored.width]),
  )
  const fields = entry.body.subarray(0, videoFieldBytes)
  return writeBox(entry.type, fields, ...kept, aspect, writeColor(color))
}
