/** How fast a video can be played; 1 is as it is. */
export const speeds: readonly number[] = [0.25, 0.5, 0.75, 1, 1.25, 1.5, 1.75, 2]

/** The next speed above or below, or the same at the end. */
export function stepSpeed(speed: number, steps: 1 | -1): number {
  const candidates = steps === 1 ? speeds : speeds.toReversed()
  return candidates.find((each) => (each - speed) * steps > 0.001) ?? speed
}

/** As the menu shows it. */
export function nameSpeed(speed: number): string {
  return speed === 1 ? 'Normal' : `${speed}×`
}
