/** What people call the codecs. */
export const codecNames: Readonly<Record<string, string>> = {
  h264: 'H.264',
  hevc: 'HEVC',
  vp9: 'VP9',
  av1: 'AV1',
  aac: 'AAC',
}

export const codecs = ['h264', 'hevc', 'vp9', 'av1'] as const

const x26x = 'ultrafast superfast veryfast faster fast medium slow slower veryslow'.split(' ')
const numbers = (most: number) => Array.from({ length: most + 1 }, (_, index) => String(index))

/** The speeds of each codec's usual encoder, in its own words, and which it takes of itself. */
export const presets: Readonly<Record<string, readonly string[]>> = {
  h264: x26x,
  hevc: x26x,
  vp9: numbers(8),
  av1: numbers(13),
}
export const usualPresets: Readonly<Record<string, string>> = {
  h264: 'fast',
  hevc: 'fast',
  vp9: '4',
  av1: '10',
}

/** A quality that looks alike in each codec. */
export const usualQualities: Readonly<Record<string, number>> = {
  h264: 23,
  hevc: 24,
  vp9: 33,
  av1: 32,
}
