/**
 * How far the streams of a file that is still arriving are there: every picture, and all sound, that
 * is presented before these times. Seconds on the source's own clock; Infinity: to the end.
 */
export interface Arrived {
  readonly pictureSeconds: number
  /** Of the stream of which the least is there. */
  readonly soundSeconds: number
}

/** The less of each. */
export function leastOf(all: readonly Arrived[]): Arrived {
  return {
    pictureSeconds: Math.min(...all.map(({ pictureSeconds }) => pictureSeconds)),
    soundSeconds: Math.min(...all.map(({ soundSeconds }) => soundSeconds)),
  }
}
