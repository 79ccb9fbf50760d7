import { formatTime } from './web-vtt.ts'

interface Sprites {
  readonly size: { readonly width: number; readonly height: number }
  /** Tiles in a row, and rows. */
  readonly count: { readonly width: number; readonly height: number }
  /** Seconds from one tile to the next. */
  readonly duration: number
}

/**
 * The WebVTT by which players show a preview at each time: a cue for each tile that holds the tile's
 * place in the picture as a media fragment (https://www.w3.org/TR/media-frags/#naming-space).
 */
export function writeStoryboardTrack(
  picture: string,
  { size, count, duration }: Sprites,
  durationSeconds: number,
): string {
  const tiles = Math.min(count.width * count.height, Math.ceil(durationSeconds / duration))
  const cues = Array.from({ length: tiles }, (_, index) => {
    const x = (index % count.width) * size.width
    const y = Math.floor(index / count.width) * size.height
    const isLast = index === tiles - 1
    const endSeconds = isLast ? durationSeconds : (index + 1) * duration
    const times = `${formatTime(index * duration * 1000)} --> ${formatTime(endSeconds * 1000)}`
    return `${times}\n${picture}#xywh=${x},${y},${size.width},${size.height}\n`
  })
  return ['WEBVTT\n', ...cues].join('\n')
}
