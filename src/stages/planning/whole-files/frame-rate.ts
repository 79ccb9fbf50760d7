import { ReelmillError } from '#errors/reelmill-error.ts'
import type { FrameRateOptions } from './options.ts'

interface Wanted {
  /** Short side in pixels; 0: sound alone. */
  readonly resolution: number
  /** True of the source's own resolution. */
  readonly isOriginal: boolean
}

/**
 * Frames per second of a file (D-23 to D-29; runner protocol 6.3): small pictures of a fast source
 * get a rate that it can be thinned to, all others keep the source's up to the maximum. 0 for sound
 * alone, at least 1 otherwise, in thousandths at most.
 */
export function chooseFps(
  sourceFps: number,
  { resolution, isOriginal }: Wanted,
  options: FrameRateOptions,
): number {
  if (resolution === 0) return 0
  const kept = Math.max(1, Math.round(sourceFps * 1000) / 1000)
  if (isOriginal && options.originalKeepsRate) return kept
  const isSmall = resolution < options.keepFromResolution
  const fps = isSmall && kept > options.average ? choose(kept, options.standard, options) : kept
  return fps > options.max ? choose(fps, options.hdStandard, options) : fps
}

/** Refuses a source with too few frames a second (D-22), before anything is ordered. */
export function requireFps(sourceFps: number, { min }: FrameRateOptions): void {
  if (sourceFps >= min) return
  throw new ReelmillError(
    'source_too_few_frames',
    `The video has ${Number(sourceFps.toFixed(3))} pictures a second; at least ${min} must be.`,
    { details: { fps: sourceFps, minimum: min } },
  )
}

/** One of the rates that are not above the maximum; the first of those that fit alike. */
function choose(
  sourceFps: number,
  rates: readonly number[],
  { max, choice }: FrameRateOptions,
): number {
  const slowEnough = rates.filter((rate) => rate <= max)
  const allowed = slowEnough.length > 0 ? slowEnough : [max]
  const measure = choice === 'nearest' ? distanceToMultiple : remainder
  // Rates of broadcasting stand for the whole rates that they are a thousandth below.
  const source = choice === 'nearest' ? Math.round(sourceFps) : sourceFps
  return allowed.reduce((best, rate) =>
    measure(source, rate) < measure(source, best) ? rate : best,
  )
}

/** Each picture of the source is shown as evenly as can be: 59 becomes 30, not 25 (WD11). */
function distanceToMultiple(source: number, rate: number): number {
  const share = source / rate
  return Math.abs(share - Math.max(1, Math.round(share)))
}

/** PeerTube's own measure. */
function remainder(source: number, rate: number): number {
  return source % rate
}
