import type { AudioGroup } from './audio-groups.ts'
import type { Track } from './track.ts'

/** A combination of tracks that a player can choose. */
export interface Variant {
  readonly track: Track
  readonly group: AudioGroup | null
  /** Of both, separated by a comma. */
  readonly codecs: string
  readonly peakBps: number
  readonly averageBps: number
}

const firstBps = 2_000_000

/**
 * First the variant nearest to 2 Mb/s, with which many players start (Apple's rule 1.32), H.264
 * where there is any because everything plays it; then all others from the lowest rate up.
 */
export function orderVariants(variants: readonly Variant[]): Variant[] {
  const ascending = variants.toSorted((a, b) => a.peakBps - b.peakBps)
  const everywhere = ascending.filter((variant) => variant.codecs.startsWith('avc1'))
  const candidates = everywhere.length > 0 ? everywhere : ascending
  const [first] = candidates.toSorted((a, b) => distance(a) - distance(b))
  return first ? [first, ...ascending.filter((variant) => variant !== first)] : []
}

function distance(variant: Variant): number {
  return Math.abs(variant.peakBps - firstBps)
}
