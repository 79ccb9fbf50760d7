import type { Tile } from '#media/tracks/storyboard-track.ts'
import type { Keyframe, VideoTrack } from '#media/tracks/track.ts'

/** Tiles in a row, and rows in a picture: some 500 KB, which a player fetches when it needs them. */
export const sheetSide = 10
const longestSidePixels = 192
/** More would not be found with a mouse, and 100 hours are possible. */
const mostTiles = 1000

/** Where a tile comes from, and where it goes. */
export interface PlannedTile extends Tile {
  /** Number of the segment that holds its picture. */
  readonly segment: number
  readonly keyframe: Keyframe
}

/** The pictures with the tiles: their names, and how many tiles each of them has room for. */
export interface Sheets {
  readonly names: readonly string[]
  readonly columns: number
  readonly rows: number
  /** Of a tile, in pixels. */
  readonly width: number
  readonly height: number
  readonly tiles: readonly PlannedTile[]
}

/**
 * The tiles of a storyboard, from key frames of a finished track: one about every 2 s of a short
 * video, 5 s from five minutes on, 10 s from twenty. A tile stands for the time from its own picture
 * to that of the next. null where there is nothing to choose from.
 */
export function chooseTiles(track: VideoTrack): Sheets | null {
  const chosen = pickKeyframes(track)
  if (chosen.length < 2) return null
  const scale = longestSidePixels / Math.max(track.width, track.height)
  const size = { width: makeEven(track.width * scale), height: makeEven(track.height * scale) }
  const columns = Math.min(sheetSide, chosen.length)
  const rows = Math.min(sheetSide, Math.ceil(chosen.length / columns))
  const perSheet = columns * rows
  const end = chosen.at(-1)?.endSeconds ?? 0
  const names = Array.from({ length: Math.ceil(chosen.length / perSheet) }, (_, index) =>
    nameSheet(index),
  )
  const tiles = chosen.map(({ segment, keyframe, startSeconds }, index) => {
    const place = index % perSheet
    return {
      ...size,
      segment,
      keyframe,
      startSeconds,
      endSeconds: chosen[index + 1]?.startSeconds ?? end,
      picture: nameSheet(Math.floor(index / perSheet)),
      x: (place % columns) * size.width,
      y: Math.floor(place / columns) * size.height,
    }
  })
  return { names, columns, rows, ...size, tiles }
}

interface Picked {
  readonly segment: number
  readonly keyframe: Keyframe
  readonly startSeconds: number
  /** Of the whole track. */
  readonly endSeconds: number
}

/** The first key frame in each interval, so that their mean distance is the interval. */
function pickKeyframes({ segments, timescale }: VideoTrack): Picked[] {
  const ticks = segments.reduce((sum, segment) => sum + segment.durationTicks, 0)
  const endSeconds = ticks / timescale
  const interval = chooseInterval(endSeconds)
  const picked: Picked[] = []
  let [startTicks, dueSeconds] = [0, 0]
  for (const { number: segment, keyframes } of segments) {
    for (const keyframe of keyframes) {
      const startSeconds = startTicks / timescale
      startTicks += keyframe.durationTicks
      if (startSeconds < dueSeconds) continue
      picked.push({ segment, keyframe, startSeconds, endSeconds })
      dueSeconds = (Math.floor(startSeconds / interval) + 1) * interval
    }
  }
  return picked
}

function chooseInterval(seconds: number): number {
  if (seconds <= 300) return 2
  if (seconds <= 1200) return 5
  return Math.max(10, Math.ceil(seconds / mostTiles))
}

function nameSheet(index: number): string {
  return `storyboard-${index}.jpg`
}

function makeEven(pixels: number): number {
  return Math.max(2, Math.round(pixels / 2) * 2)
}
