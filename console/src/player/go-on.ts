import type { PlayerState } from './player-state.ts'

/** Where a film begins, and whether it plays by itself there. */
interface Place {
  readonly seconds: number
  readonly isPlaying: boolean
}

/**
 * Where a film goes on that is to be had at another address: publishing may move it into a bucket,
 * and every new version moves it.
 *
 * @param asked what it was opened with, which holds until it has begun
 */
export function findPlace(
  { hasStarted, seconds, isPaused }: Pick<PlayerState, 'hasStarted' | 'seconds' | 'isPaused'>,
  asked: Place,
): Place {
  if (hasStarted) return { seconds, isPlaying: !isPaused }
  return { seconds: seconds || asked.seconds, isPlaying: asked.isPlaying || !isPaused }
}
