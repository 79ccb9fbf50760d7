/** What a rate follows from. */
export interface RateOrder {
  /** Short side in pixels. */
  readonly resolution: number
  /** Frames per second. */
  readonly fps: number
  /** Width ÷ height as shown. */
  readonly ratio: number
}

/** Bits per pixel from each resolution upward (runner protocol 5.8). */
const bitsPerPixel = [
  { resolution: 144, average: 0.19, most: 0.32 },
  { resolution: 240, average: 0.17, most: 0.29 },
  { resolution: 360, average: 0.15, most: 0.26 },
  { resolution: 480, average: 0.12, most: 0.22 },
  { resolution: 720, average: 0.11, most: 0.19 },
  { resolution: 1080, average: 0.1, most: 0.17 },
  { resolution: 1440, average: 0.09, most: 0.16 },
  { resolution: 2160, average: 0.08, most: 0.14 },
] as const

const leastBitsPerPixel = 0.02
/** More than this share of what comes in would be spent on the same picture. */
const marginOverInput = 1.3

/**
 * The highest rate of an encoded rendition in bits per second: the average of its size, but not
 * much more than came in, and never next to nothing (runner protocol 5.8). `inputBps` is null where
 * the source does not say.
 */
export function capRateBps(order: RateOrder, inputBps: number | null): number {
  const average = countBits(order, findRow(order).average)
  const least = countBits(order, leastBitsPerPixel)
  const fromInput = inputBps === null ? average : inputBps * marginOverInput
  return Math.round(Math.max(Math.min(average, fromInput), least))
}

/** The rate in bits per second up to which pictures of this size are taken as they are. */
export function limitCopyBps(order: RateOrder): number {
  return countBits(order, findRow(order).most)
}

function findRow({ resolution }: RateOrder) {
  return bitsPerPixel.findLast((row) => row.resolution <= resolution) ?? bitsPerPixel[0]
}

function countBits({ resolution, fps, ratio }: RateOrder, perPixel: number): number {
  const longSide = ratio < 1 ? resolution / ratio : resolution * ratio
  return Math.floor(resolution * longSide * fps * perPixel)
}
