import type { VideoStream } from '#media/probe/media-info.ts'
import type { Size } from '../size.ts'
import type { WholeFileOptions } from './options.ts'

/** The resolutions of a source, as short sides in pixels. */
export interface ChosenResolutions {
  /** The largest: what all others wait for. */
  readonly top: number
  /** Those below, in the order in which they are ordered. */
  readonly lower: readonly number[]
  /** The source's own, even: the one that may keep its rate. */
  readonly original: number
}

/** PeerTube orders what most people watch first (runner protocol 6.1). */
const peertubeOrder = [0, 480, 360, 720, 240, 144, 1080, 1440, 2160]

/**
 * Nothing above the source and nothing above the largest that is enabled, but for the source's own
 * where that is wanted (D-20, D-41, D-42). A source below all of them is made at its own size, so
 * that there is always one (D-43, WD9).
 */
export function chooseResolutions(
  source: Pick<VideoStream, 'width' | 'height'>,
  { rules, resolutions, alwaysOriginal }: WholeFileOptions,
): ChosenResolutions {
  const short = Math.min(source.width, source.height)
  const original = roundOriginal(short, rules === 'marsha' && alwaysOriginal)
  const enabled = resolutions.filter((each) => each > 0 && each <= short)
  const top = alwaysOriginal ? original : (enabled.at(-1) ?? original)
  const lower = enabled.filter((each) => each < top).toReversed()
  if (rules === 'marsha') return { top, lower, original }
  const withSound = resolutions.includes(0) ? [0, ...lower] : lower
  return { top, lower: withSound.toSorted((a, b) => place(a) - place(b)), original }
}

/** Where a resolution stands in PeerTube's order; those that it does not know come last. */
function place(resolution: number): number {
  const index = peertubeOrder.indexOf(resolution)
  return index < 0 ? peertubeOrder.length + resolution : index
}

/** Encoders need even sizes. D-20 rounds the source's own up; everywhere else it is never enlarged. */
function roundOriginal(short: number, up: boolean): number {
  return Math.max(2, up ? short + (short % 2) : short - (short % 2))
}

/**
 * Pixels of a picture whose short side is `resolution`, as scalers make it: aspect kept, the long
 * side the nearest even number (D-107).
 */
export function sizeOf(source: Size, resolution: number): Size {
  const isPortrait = source.height > source.width
  const aspect = Math.max(source.width, source.height) / Math.min(source.width, source.height)
  const long = Math.max(2, Math.round((resolution * aspect) / 2) * 2)
  return isPortrait ? { width: resolution, height: long } : { width: long, height: resolution }
}
