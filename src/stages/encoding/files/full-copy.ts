import type { VideoStream } from '#media/probe/media-info.ts'
import { toNumber } from '#media/rational.ts'
import { measureHold } from './hold.ts'
import type { Sources } from './open-sources.ts'
import type { PictureOrder } from './picture-arguments.ts'
import { limitCopyBps } from './rate-cap.ts'
import { isCopyableSound } from './sound-arguments.ts'

/** Copied pictures are cut at their key frames: longer segments than this are no longer segments. */
const longestKeyGapSeconds = 8
/** Rates closer than this share are the same, written differently. */
const rateTolerance = 0.0005
const latestSeconds = 0.1

/**
 * Whether everything that a segmented rendition needs is there already, so that nothing need be
 * encoded (runner protocol 5.8): H.264 of the very size and rate at a bounded bit rate, and sound
 * that players have. Beyond the stock runner's rule, pictures must be upright, square, regular and
 * have key frames close enough to be cut at.
 */
export function canCopyAll(sources: Sources, order: PictureOrder, withSound: boolean): boolean {
  const { video } = sources.main.media
  if (!video) return false
  const hasSound = !withSound || !sources.sound || isCopyableSound(sources.sound.stream)
  return hasSound && isPlain(video) && isOrdered(sources, video, order) && isCuttable(sources)
}

function isPlain(video: VideoStream): boolean {
  const isUpright = video.rotation === 0 && video.pixelAspect[0] === video.pixelAspect[1]
  return video.codec === 'h264' && video.pixelFormat === 'yuv420p' && isUpright && !video.interlaced
}

function isOrdered({ main }: Sources, video: VideoStream, order: PictureOrder): boolean {
  const { bitRate } = main.media
  const isSize = Math.min(video.width, video.height) === order.resolution
  const isRate = Math.abs(toNumber(video.frameRate) / order.fps - 1) < rateTolerance
  const mostBps = limitCopyBps({ ...order, ratio: video.width / video.height })
  const isBounded = bitRate !== null && bitRate <= mostBps
  return isSize && isRate && !video.variableFrameRate && isBounded
}

function isCuttable(sources: Sources): boolean {
  const { media, stats } = sources.main
  if (!media.video || !stats) return false
  const keyGapSeconds = stats.maxKeyGap * toNumber(media.video.timeBase)
  const { lateSeconds, restSeconds } = measureHold(sources)
  const isWhole = lateSeconds < latestSeconds && restSeconds === 0
  return keyGapSeconds <= longestKeyGapSeconds && isWhole
}
