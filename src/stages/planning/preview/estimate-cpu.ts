import type { VideoCodec, VideoRendition } from '#jobs/payload.ts'

/**
 * Million pixels that one core of a server encodes in a second, at the presets named; those between
 * lie between. Orders of magnitude: what a film looks like changes them by a factor of two.
 */
const speeds: Readonly<Record<VideoCodec, Readonly<Record<string, number>>>> = {
  h264: {
    ...{ ultrafast: 220, superfast: 150, veryfast: 95, faster: 60, fast: 45, medium: 36 },
    ...{ slow: 22, slower: 10, veryslow: 6, placebo: 2 },
  },
  hevc: {
    ...{ ultrafast: 45, superfast: 32, veryfast: 20, faster: 20, fast: 14, medium: 10 },
    ...{ slow: 4, slower: 1.5, veryslow: 1, placebo: 0.5 },
  },
  vp9: { '0': 1, '1': 3, '2': 5, '3': 7, '4': 10, '5': 20, '6': 28, '7': 35, '8': 40 },
  av1: {
    '4': 2,
    '5': 4,
    '6': 7,
    '7': 10,
    '8': 15,
    '9': 22,
    '10': 32,
    '11': 45,
    '12': 60,
    '13': 80,
  },
}
const usualSpeed = 10
/** Of H.264; the pictures of a chunk are decoded once for all its renditions. */
const decodeSpeed = 250

/** Seconds of one core that encoding a rendition takes, about. */
export function estimateEncodeSeconds(
  { codec, encoder, width, height }: VideoRendition,
  frames: number,
): number {
  const megapixels = (width * height * frames) / 1e6
  return megapixels / (speeds[codec][encoder.preset] ?? usualSpeed)
}

/** The same of decoding a source of that size. */
export function estimateDecodeSeconds(
  { width, height }: { readonly width: number; readonly height: number },
  frames: number,
): number {
  return (width * height * frames) / 1e6 / decodeSpeed
}
