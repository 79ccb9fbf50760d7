/** Seconds that people think in, from a minute to a day. */
const steps = [60, 120, 300, 600, 900, 1800, 3600, 7200, 10_800, 21_600, 43_200, 86_400] as const

const dayMs = 86_400_000

interface Range {
  readonly sinceMs: number
  readonly untilMs: number
  /** At most so many. */
  readonly points: number
  readonly nowMs: number
}

/** The shortest step with which there are no more points than asked for; what is older than a day is kept by the hour. */
export function chooseStep({ sinceMs, untilMs, points, nowMs }: Range): number {
  const fitting = (untilMs - sinceMs) / 1000 / points
  const shortest = sinceMs < nowMs - dayMs - 3_600_000 ? Math.max(fitting, 3600) : fitting
  const step = steps.find((seconds) => seconds >= shortest)
  return step ?? Math.ceil(shortest / 86_400) * 86_400
}
