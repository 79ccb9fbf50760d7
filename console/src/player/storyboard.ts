/** One small picture of a storyboard: where it lies in its sprite, and of which time it is. */
export interface StoryboardTile {
  readonly startSeconds: number
  readonly endSeconds: number
  /** The sprite's address. */
  readonly url: string
  /** Pixels of the sprite. */
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

const timing = /^((?:\d+:)?\d{2}:\d{2}\.\d{3})\s+-->\s+((?:\d+:)?\d{2}:\d{2}\.\d{3})/
const place = /^(.+)#xywh=(?:pixel:)?(\d+),(\d+),(\d+),(\d+)$/

/**
 * The tiles of a storyboard's WebVTT, in their order: each cue names a rectangle of a picture by a
 * media fragment (https://www.w3.org/TR/media-frags/#naming-space). Cues of another kind are passed
 * over.
 *
 * @param address of the WebVTT file, which the pictures' addresses are relative to
 */
export function parseStoryboard(text: string, address: string): StoryboardTile[] {
  const blocks = text.replace(/\r\n?/g, '\n').split(/\n{2,}/)
  return blocks.map((block) => parseTile(block, address)).filter((tile) => tile !== null)
}

function parseTile(block: string, address: string): StoryboardTile | null {
  const lines = block.split('\n')
  const at = lines.findIndex((line) => timing.test(line))
  const times = timing.exec(lines[at] ?? '')
  const rectangle = readRectangle(lines[at + 1] ?? '', address)
  if (!times || !rectangle) return null
  const [startSeconds = 0, endSeconds = 0] = times.slice(1, 3).map(toSeconds)
  return { startSeconds, endSeconds, ...rectangle }
}

function readRectangle(line: string, address: string) {
  const match = place.exec(line.trim())
  const [x = 0, y = 0, width = 0, height = 0] = match?.slice(2).map(Number) ?? []
  if (!match || width === 0 || height === 0) return null
  return { url: new URL(match[1] ?? '', address).href, x, y, width, height }
}

/** The tile of a time; beyond the last, the last. Null when there is none. */
export function findTile(tiles: readonly StoryboardTile[], seconds: number): StoryboardTile | null {
  let low = 0
  let high = tiles.length - 1
  while (low < high) {
    const middle = Math.ceil((low + high) / 2)
    const tile = tiles[middle]
    if (tile && tile.startSeconds <= seconds) low = middle
    else high = middle - 1
  }
  return tiles[low] ?? null
}

function toSeconds(time: string): number {
  return time.split(':').reduce((sum, part) => sum * 60 + Number(part), 0)
}
