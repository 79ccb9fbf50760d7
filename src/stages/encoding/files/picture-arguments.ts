import { ReelmillError } from '#errors/reelmill-error.ts'
import { toneMapFilters } from '#media/probe/grab-picture.ts'
import type { VideoStream } from '#media/probe/media-info.ts'
import { toNumber } from '#media/rational.ts'
import type { Hold } from './hold.ts'

/** Size and rate of the pictures that are wanted. */
export interface PictureOrder {
  /** Short side in pixels, as the payload has it. */
  readonly resolution: number
  /** Frames per second. */
  readonly fps: number
}

/** Rates outside of this are somebody's mistake. */
const fpsMost = 1000
const sidesMost = 8192

/** Refuses an order that no encoder can follow: `job_invalid`. */
export function checkOrder({ resolution, fps }: PictureOrder): void {
  const isSize = Number.isFinite(resolution) && resolution >= 2 && resolution <= sidesMost
  const isRate = Number.isFinite(fps) && fps > 0 && fps <= fpsMost
  if (isSize && isRate) return
  throw new ReelmillError('job_invalid', 'The job asks for an impossible size or frame rate.')
}

/**
 * ffmpeg's filters from the decoded picture (which it has turned already) to the encoder's.
 *
 * For square pixels these are the words of the stock runner, because its own scaling leaves a pixel
 * aspect of not quite 1 in the parameter sets, and those of one video must be alike whoever encodes
 * it. The first and the last picture are held where sound starts earlier or goes on.
 */
export function listPictureFilters(video: VideoStream, order: PictureOrder, hold: Hold): string[] {
  const scale = listScale(video, order.resolution)
  const start = hold.lateSeconds > 1 / order.fps ? ':start_time=0' : ''
  const rate = `fps=fps=${order.fps}${start}`
  const isThinned = toNumber(video.frameRate) > order.fps
  return [
    ...listRepairs(video),
    // What is dropped need not be scaled.
    ...(isThinned ? [rate, ...scale] : [...scale, rate]),
    ...(video.hdr ? [...toneMapFilters(video.hdr), 'format=yuv420p'] : []),
    ...listRest(hold, order.fps),
  ]
}

/** The last picture for as long as the sound goes on. */
export function listRest({ restSeconds }: Hold, fps: number): string[] {
  const frames = Math.round(restSeconds * fps)
  return frames > 0 ? [`tpad=stop_mode=clone:stop=${frames}`] : []
}

/** What is done to the picture as it was decoded. */
export function listRepairs(video: VideoStream): string[] {
  return video.interlaced ? ['bwdif=mode=send_frame:deint=interlaced'] : []
}

function listScale(video: VideoStream, resolution: number): string[] {
  const side = makeEven(resolution)
  const isPortrait = video.width < video.height
  const [across, down] = video.pixelAspect
  if (across === down) return [isPortrait ? `scale=w=${side}:h=-2` : `scale=w=-2:h=${side}`]
  const { width, height } = sizePictures(video, resolution)
  return [`scale=w=${width}:h=${height}`, 'setsar=1']
}

/** Width and height of the pictures whose short side is `resolution`, both even. */
export function sizePictures(
  { width, height }: Pick<VideoStream, 'width' | 'height'>,
  resolution: number,
): { readonly width: number; readonly height: number } {
  const side = makeEven(resolution)
  if (width < height) return { width: side, height: roundToEven((side * height) / width) }
  return { width: roundToEven((side * width) / height), height: side }
}

function makeEven(pixels: number): number {
  return Math.max(2, Math.floor(pixels / 2) * 2)
}

function roundToEven(pixels: number): number {
  return Math.max(2, Math.round(pixels / 2) * 2)
}

/**
 * x264 as the stock runner has it (runner protocol 5.8): these very settings, since B-frames, GOP
 * and cap (through the level) are in the parameter sets. `rateBps` null: no cap, and a quality that
 * stands another encoding.
 */
export function buildPictureEncoder(
  fps: number,
  rateBps: number | null,
  threads: number,
): string[] {
  const rate =
    rateBps === null
      ? ['-crf', '14']
      : ['-maxrate:v', String(rateBps), '-bufsize:v', String(2 * rateBps)]
  return [
    ...['-c:v', 'libx264', '-pix_fmt', 'yuv420p', '-preset', 'veryfast', ...rate],
    ...['-b_strategy', '1', '-bf', '16', '-g:v', String(Math.max(1, Math.round(2 * fps)))],
    ...(threads > 0 ? ['-threads', String(threads)] : []),
  ]
}
