import type { Grid, VideoRendition } from '#jobs/payload.ts'
import type { MediaInfo, VideoStream } from '#media/probe/media-info.ts'
import { toNumber } from '#media/rational.ts'
import { planColor } from './color.ts'
import { chooseLevel } from './level.ts'
import type { Size } from './size.ts'

/**
 * Codecs of which ffmpeg's decoders leave out what an edit list hides. That of AV1 (libdav1d) does
 * not: a piece came out a frame too long.
 */
const cutCodecs = new Set(['h264', 'hevc', 'vp9', 'mpeg4', 'mpeg2video'])

/** Pieces with pictures that are held are rendered by the server: there may be a few of them. */
const irregularShare = 0.02

/**
 * Whether a source can be handed out in small files that show, decoded and only scaled, exactly the
 * frames of the grid. A runner of whole files neither deinterlaces nor maps tones, and repeats and
 * drops pictures as its version pleases, so they must be fit to be shown, nearly all one frame each.
 *
 * @returns true, or the reason as a sentence for the plan.
 */
export function canBeCutIntoPieces(media: MediaInfo, grid: Grid): true | string {
  const { video } = media
  if (!video) return 'There are no pictures.'
  return doubtReading(media, video, grid) ?? doubtPictures(video) ?? true
}

/**
 * Whether the server can make the pictures of every piece of a source itself, by a decoding each: it
 * must be able to seek to them, and the runners' groups of pictures need a whole rate.
 */
export function canBeRenderedIntoPieces({ access, video }: MediaInfo, grid: Grid): boolean {
  return (
    access === 'seek' &&
    video?.seekableFromSeconds === undefined &&
    grid.frames !== null &&
    isWholeRate(grid)
  )
}

function doubtReading({ access }: MediaInfo, video: VideoStream, grid: Grid): string | null {
  if (access !== 'seek') return 'The source can only be read from its start.'
  if (video.seekableFromSeconds !== undefined)
    return 'The first pictures of the source need some that its edit list hides.'
  if (!cutCodecs.has(video.codec))
    return `Pictures in ${video.codec} cannot be cut without decoding.`
  if (!isWholeRate(grid)) return 'The frame rate is no whole number.'
  const pictures = video.packets / (toNumber(video.frameRate) / toNumber(grid.frameRate))
  const frames = (grid.frames ?? 0) - grid.heldFrames
  if (Math.abs(pictures - frames) > Math.max(1, frames * irregularShare)) {
    return 'Too many pictures of the source are not one frame each.'
  }
  return null
}

function doubtPictures(video: VideoStream): string | null {
  if (video.interlaced) return 'The source is interlaced.'
  if (video.hdr) return 'The brightness of the source is mapped to a smaller range.'
  if (video.alpha) return 'The source has transparent parts.'
  if (video.rotation !== 0) return 'The source is turned.'
  if (video.pixelAspect[0] !== video.pixelAspect[1])
    return 'The pixels of the source are not square.'
  if (planColor(video).convert) return 'The colours of the source are converted.'
  return null
}

/** The whole rate that pieces of a grid are handed out at (jobs/piece.ts). */
export function planPieceRate({ frameRate }: Pick<Grid, 'frameRate'>): number {
  return Math.max(1, Math.round(toNumber(frameRate)))
}

/** NTSC's rates are a thousandth below whole numbers; containers' rounding adds less. */
const rateTolerance = 0.002

function isWholeRate(grid: Grid): boolean {
  return Math.abs(planPieceRate(grid) / toNumber(grid.frameRate) - 1) <= rateTolerance
}

/**
 * The size that a runner of whole files makes of a source for a resolution, which is the short side:
 * ffmpeg's filter `scale` with -2 for the other one, rounded to the nearest even number.
 */
export function planPieceSize(source: Size, resolution: number): Size {
  const { width, height } = source
  // Exact: sizes are small integers.
  const other = (long: number, short: number): number =>
    2 * Math.floor((resolution * long + short) / (2 * short))
  return width < height
    ? { width: resolution, height: other(height, width) }
    : { width: other(width, height), height: resolution }
}

/** Bits a pixel that runners of whole files aim at, from the largest resolution (runner protocol 5.8). */
const bitsPerPixel = [
  [2160, 0.08],
  [1440, 0.09],
  [1080, 0.1],
  [720, 0.11],
  [480, 0.12],
  [360, 0.15],
  [240, 0.17],
  [144, 0.19],
] as const

/** What they aim at below all of these, whatever the size. */
const smallestRateBps = 192_000

function planMaxrate(source: Size, resolution: number, framesPerSecond: number): number {
  const [, bits] = bitsPerPixel.find(([least]) => resolution >= least) ?? []
  if (bits === undefined) return smallestRateBps
  const aspect = Math.max(source.width, source.height) / Math.min(source.width, source.height)
  return Math.floor(resolution * resolution * aspect * framesPerSecond * bits)
}

/**
 * A rendition made of pieces. Its encoder is not ours to choose: these are the settings that a
 * runner of whole files has fixed, the rate the highest that it allows itself, and the level the
 * lowest that x264 accepts for all of them, which counts four references for its pyramid of B-frames.
 *
 * @param resolution - the short side in pixels, even.
 * @param framesPerSecond - of `planPieceRate`.
 */
export function planPieceRendition(
  name: string,
  source: Size,
  resolution: number,
  framesPerSecond: number,
): VideoRendition {
  const size = planPieceSize(source, resolution)
  const maxrateBps = planMaxrate(source, resolution, framesPerSecond)
  const bufsizeBits = 2 * maxrateBps
  const demand = { ...size, framesPerSecond, maxrateBps: bufsizeBits, refs: 4 }
  return {
    name,
    codec: 'h264',
    ...size,
    encoder: {
      name: 'libx264',
      preset: 'veryfast',
      crf: 23,
      maxrateBps,
      bufsizeBits,
      profile: 'high',
      level: chooseLevel('h264', demand),
      pixelFormat: 'yuv420p',
      refs: 4,
      bframes: 16,
      reorderFrames: 2,
      lossless: false,
    },
  }
}
