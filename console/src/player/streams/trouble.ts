import type { Attempts } from '../judge-error.ts'

/** What was tried against a failure, and the place, in seconds, that has to be got over. */
export interface Trouble extends Attempts {
  readonly untilSeconds: number
}

/** Nothing failed since it last played. */
export const noTrouble: Trouble = { recoveries: 0, restarts: 0, untilSeconds: 0 }

/** A decoder may fail a little later than where it begins anew, each time. */
const marginSeconds = 2

/**
 * Whether the place that failed has been played. Nothing less is proof of a mend: after every restart
 * its neighbours and the sound come well, and would let it try for ever.
 */
export function isOver(
  trouble: Trouble,
  video: Pick<HTMLVideoElement, 'currentTime' | 'ended' | 'paused' | 'seeking'>,
): boolean {
  if (video.ended) return true
  // Going there is not playing there.
  if (video.paused || video.seeking) return false
  return video.currentTime > trouble.untilSeconds + marginSeconds
}
