import type { Grid } from '#jobs/payload.ts'
import type { MediaInfo, VideoStream } from '#media/probe/media-info.ts'
import { type Rational, reduce, toNumber } from '#media/rational.ts'

interface GridWishes {
  readonly gopSeconds: number
  readonly segmentSeconds: number
  readonly frameRateMax: number
}

/**
 * The frame grid of a source's output. GOPs and segments are whole numbers of frames, nearest to
 * the wished seconds; a frame lasts a whole number of ticks.
 */
export function planGrid(media: MediaInfo, video: VideoStream, wishes: GridWishes): Grid {
  const frameRate = capFrameRate(video.frameRate, wishes.frameRateMax)
  const gopFrames = Math.max(1, Math.round(wishes.gopSeconds * toNumber(frameRate)))
  const gopsPerSegment = Math.max(1, Math.round(wishes.segmentSeconds / wishes.gopSeconds))
  return {
    frameRate,
    ...countFrames(media, video, frameRate),
    gopFrames,
    segmentFrames: gopFrames * gopsPerSegment,
    ...chooseTimescale(frameRate),
  }
}

/** The rate itself, or the largest whole fraction of it (half, third …) that the cap allows. */
function capFrameRate(frameRate: Rational, maximum: number): Rational {
  const divisor = Math.ceil(toNumber(frameRate) / maximum - 1e-6)
  return divisor <= 1 ? frameRate : reduce([frameRate[0], frameRate[1] * divisor])
}

/** Sound that ends this much later is normal, and no reason to add pictures. */
const laterSoundSeconds = 0.1
/** What a source that must be decoded to be counted may have more than its packets tell. */
const uncountedSlack = 1.5
const uncountedSlackSeconds = 10

/**
 * Frames from the origin to the end of the last picture, at least one. Pictures that start after
 * the origin (sound came first) are held from the origin on, so the gap counts too. Where sound goes
 * on for longer, so does the last picture: all tracks of a presentation must hold the same time
 * (RFC 8216 section 6.2.4).
 */
function countFrames(media: MediaInfo, video: VideoStream, frameRate: Rational) {
  const toFrames = (seconds: number) => Math.max(1, Math.round(seconds * toNumber(frameRate)))
  if (media.access === 'sequential') {
    const framesAtMost = toFrames(media.durationSeconds * uncountedSlack + uncountedSlackSeconds)
    return { frames: null, framesAtMost, heldFrames: 0 }
  }
  const endSeconds = (video.endPts * video.timeBase[0]) / video.timeBase[1] - media.originSeconds
  const frames = toFrames(endSeconds)
  if (media.durationSeconds - endSeconds <= laterSoundSeconds) {
    return { frames, framesAtMost: frames, heldFrames: 0 }
  }
  const allFrames = toFrames(media.durationSeconds)
  return { frames: allFrames, framesAtMost: allFrames, heldFrames: allFrames - frames }
}

/** A timescale of at least 10 000 units a second in which a frame lasts a whole number of units. */
function chooseTimescale([numerator, denominator]: Rational) {
  let timescale = numerator
  let frameTicks = denominator
  while (timescale < 10_000) {
    timescale *= 2
    frameTicks *= 2
  }
  return { timescale, frameTicks }
}
