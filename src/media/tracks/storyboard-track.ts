import { formatTime } from './web-vtt.ts'

interface Sprites {
  readonly size: { readonly width: number; readonly height: number }
  /** Tiles in a row, and rows. */
  readonly count: { readonly width: number; readonly height: number }
  /** Seconds from one tile to the next. */
  readonly duration: number
}

/** A small picture: where it lies, and the time that it stands for. */
export interface Tile {
  /** The name of the picture with the tiles, beside the WebVTT. */
  readonly picture: string
  readonly startSeconds: number
  readonly endSeconds: number
  /** Pixels. */
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

/**
 * The WebVTT by which players show a preview at each time: a cue for each tile that holds the tile's
 * place in the picture as a media fragment (https://www.w3.org/TR/media-frags/#naming-space).
 */
export function writeTiles(tiles: readonly Tile[]): string {
  const cues = tiles.map(({ picture, startSeconds, endSeconds, x, y, width, height }) => {
    const times = `${formatTime(startSeconds * 1000)} --> ${formatTime(endSeconds * 1000)}`
    return `${times}\n${picture}#xywh=${x},${y},${width},${height}\n`
  })
  return ['WEBVTT\n', ...cues].join('\n')
}

/** The same of one picture whose tiles are as many seconds apart as a runner was told. */
export function writeStoryboardTrack(
  picture: string,
  { size, count, duration }: Sprites,
  durationSeconds: number,
): string {
  const tiles = Math.min(count.width * count.height, Math.ceil(durationSeconds / duration))
  return writeTiles(
    Array.from({ length: tiles }, (_, index) => ({
      ...size,
      picture,
      startSeconds: index * duration,
      endSeconds: index === tiles - 1 ? durationSeconds : (index + 1) * duration,
      x: (index % count.width) * size.width,
      y: Math.floor(index / count.width) * size.height,
    })),
  )
}
