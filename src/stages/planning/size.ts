/** Pixels. */
export interface Size {
  readonly width: number
  readonly height: number
}

/**
 * The size of a picture fitted into a rung's 16:9 box (turned for portrait): aspect kept, even,
 * never above the source.
 */
export function fitSize(source: Size, rungHeight: number): Size {
  const long = Math.round((rungHeight * 16) / 9)
  const portrait = source.height > source.width
  const box = portrait ? { width: rungHeight, height: long } : { width: long, height: rungHeight }
  const scale = Math.min(1, box.width / source.width, box.height / source.height)
  return { width: roundToEven(source.width * scale), height: roundToEven(source.height * scale) }
}

/** The nearest even number; a source's own odd last line is dropped rather than invented. */
function roundToEven(pixels: number): number {
  return Math.max(2, Number.isInteger(pixels) ? pixels - (pixels % 2) : Math.round(pixels / 2) * 2)
}
