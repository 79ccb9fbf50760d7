/** ITU-T H.264 table A-1: level × 10, macroblocks per second, macroblocks per frame. */
const LEVELS = [
  [10, 1485, 99],
  [11, 3000, 396],
  [12, 6000, 396],
  [13, 11_880, 396],
  [20, 11_880, 396],
  [21, 19_800, 792],
  [22, 20_250, 1620],
  [30, 40_500, 1620],
  [31, 108_000, 3600],
  [32, 216_000, 5120],
  [40, 245_760, 8192],
  [42, 522_240, 8704],
  [50, 589_824, 22_080],
  [51, 983_040, 36_864],
  [52, 2_073_600, 36_864],
] as const

/** Level 4.1 differs from 4.0 in the bit rate alone, so it counts as needed where 4.0 does. */
const FORTY_ONE = 41

/** The lowest H.264 level for pictures of that size and rate, × 10: 31 is level 3.1. */
export function findAvcLevel(picture: {
  readonly width: number
  readonly height: number
  readonly framesPerSecond: number
}): number {
  const perFrame = Math.ceil(picture.width / 16) * Math.ceil(picture.height / 16)
  // A hair of slack: a rate that was counted is never quite 30.
  const perSecond = perFrame * picture.framesPerSecond * 0.99
  const level = LEVELS.find(([, rate, size]) => perSecond <= rate && perFrame <= size)?.[0] ?? 62
  return level === 40 ? FORTY_ONE : level
}

/** Profile and level of "avc1.PPCCLL"; null for other codecs. */
export function readAvcCodec(
  codecs: string | null,
): { readonly profile: number; readonly level: number } | null {
  const match = /^avc[13]\.([0-9a-f]{2})[0-9a-f]{2}([0-9a-f]{2})$/i.exec(codecs ?? '')
  if (!match) return null
  return {
    profile: Number.parseInt(match[1] ?? '', 16),
    level: Number.parseInt(match[2] ?? '', 16),
  }
}
