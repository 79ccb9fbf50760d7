import type { StoryboardPayload } from '#jobs/file-payload.ts'

/** Of a picture with so many tiles players take a whole second; PeerTube's limit too. */
const mostInRow = 11
const longestSidePixels = 192
const shortestSeconds = 3

/**
 * The tiles of a storyboard: at most 11 × 11, as many seconds apart as that needs, as few rows as
 * hold them (runner protocol 2.7). null for a video that is too short to be skipped through.
 */
export function planSprites(
  { width, height }: { readonly width: number; readonly height: number },
  durationSeconds: number,
): StoryboardPayload['sprites'] | null {
  if (durationSeconds < shortestSeconds) return null
  const whole = Math.ceil(durationSeconds)
  const duration = Math.ceil(durationSeconds / Math.min(whole, mostInRow * mostInRow))
  const tiles = Math.ceil(durationSeconds / duration)
  const columns = Math.min(mostInRow, tiles)
  const scale = longestSidePixels / Math.max(width, height)
  const even = (pixels: number) => Math.max(2, Math.round((pixels * scale) / 2) * 2)
  return {
    size: { width: even(width), height: even(height) },
    count: { width: columns, height: Math.ceil(tiles / columns) },
    duration,
  }
}
