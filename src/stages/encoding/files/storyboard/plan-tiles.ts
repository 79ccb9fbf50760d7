import { ReelmillError } from '#errors/reelmill-error.ts'
import type { StoryboardPayload } from '#jobs/file-payload.ts'
import { toNumber } from '#media/rational.ts'
import { type FileInput, requirePictures } from '../open-input.ts'

/** The tiles of a sheet: which pictures, and how large. */
export interface TilePlan {
  readonly width: number
  readonly height: number
  readonly columns: number
  readonly rows: number
  readonly intervalSeconds: number
  /** Seconds from the begin of the video: tile n shows the picture of `times[n]`. */
  readonly times: readonly number[]
}

const tilesMost = 10_000
/** JPEG holds 16 bits of pixels each way. */
const sheetMost = 65_500

/**
 * The tiles that are wanted of a video (runner protocol 2.7): one every so many seconds from 0 as
 * long as the video lasts; the others stay black. Throws `job_invalid` for an impossible sheet.
 */
export function planTiles({ sprites }: StoryboardPayload, input: FileInput): TilePlan {
  const { size, count, duration } = sprites
  const sides = [size.width, size.height, count.width, count.height]
  const isWhole = sides.every((side) => Number.isSafeInteger(side) && side > 0)
  const isPossible =
    isWhole &&
    count.width * count.height <= tilesMost &&
    Math.max(size.width * count.width, size.height * count.height) <= sheetMost &&
    Number.isFinite(duration) &&
    duration > 0
  if (!isPossible) throw new ReelmillError('job_invalid', 'The job asks for an impossible picture.')
  const most = count.width * count.height
  const wanted = Math.max(1, Math.ceil(input.media.durationSeconds / duration))
  const last = findLastPicture(input)
  const times = Array.from({ length: Math.min(most, wanted) }, (_, index) =>
    Math.min(index * duration, last),
  )
  return {
    ...size,
    columns: count.width,
    rows: count.height,
    intervalSeconds: duration,
    times,
  }
}

/** Where sound goes on for longer, the last picture stays. */
function findLastPicture(input: FileInput): number {
  const video = requirePictures(input)
  const lastPts = input.stats?.maxPts ?? video.startPts
  return Math.max(0, lastPts * toNumber(video.timeBase) - input.media.originSeconds)
}

/**
 * Whether jumping to each tile's key frame decodes clearly less than reading all: what lies between
 * two tiles must be more than twice what leads from a key frame to the next.
 */
export function isSeekCheaper(input: FileInput, plan: TilePlan): boolean {
  const video = requirePictures(input)
  const seconds = (video.endPts - video.startPts) * toNumber(video.timeBase)
  return plan.intervalSeconds > 2 * (seconds / Math.max(1, video.keyframes))
}
