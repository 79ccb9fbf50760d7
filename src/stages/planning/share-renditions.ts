import type { VideoRendition } from '#jobs/payload.ts'

/** The runners that may share the work on a video. */
export interface Fleet {
  /** Those that know chunks: Reelmill's. */
  readonly own: number
  /** Chunks that those encode at once. */
  readonly slots: number
  /** Those that know whole files only: PeerTube's. */
  readonly stock: number
}

/**
 * How many of a ladder's renditions, from the smallest, are made of pieces: the share of the work
 * that the runners of whole files have in the fleet. A rendition is of one kind wholly, since the
 * parameter sets of the two differ; Reelmill's runners help with pieces when their own work is done.
 *
 * @param renditions - from the largest to the smallest.
 */
export function countPieceRenditions(
  renditions: readonly VideoRendition[],
  { own, stock }: Pick<Fleet, 'own' | 'stock'>,
): number {
  // Runners of whole files encode H.264 and nothing else.
  const able = renditions.findLastIndex(({ codec }) => codec !== 'h264')
  const most = renditions.length - 1 - able
  if (stock === 0 || most === 0) return 0
  if (own === 0) return most
  const pixels = renditions.map(({ width, height }) => width * height)
  const share = (stock / (own + stock)) * sum(pixels)
  let count = 1
  while (count < most && sum(pixels.slice(-(count + 1))) <= share) count += 1
  return count
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0)
}
