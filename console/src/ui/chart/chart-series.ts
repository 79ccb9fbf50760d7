/** Colours of charts, by what a series means. */
export type ChartTone = 'accent' | 'info' | 'good' | 'warn' | 'bad' | 'neutral'

/** The token with the colour of a tone. */
export const toneTokens: Readonly<Record<ChartTone, string>> = {
  accent: '--accent',
  info: '--info-fill',
  good: '--good-fill',
  warn: '--warn-fill',
  bad: '--bad-fill',
  neutral: '--line-strong',
}

/** A row of values over the times of its chart. */
export interface ChartSeries {
  readonly name: string
  /** One for each time; null where nobody looked. */
  readonly values: readonly (number | null)[]
  readonly tone: ChartTone
  /** A line, a line above a filled area, one that stays until the next value, or bars. */
  readonly shape: 'line' | 'area' | 'steps' | 'bars'
}

/** What the last value is, and the highest, for those who do not see the lines. */
export function describeSeries(
  { name, values }: ChartSeries,
  format: (value: number) => string,
): string {
  const known = values.filter((value) => value !== null)
  const last = known.at(-1)
  if (last === undefined) return `${name}: nothing known.`
  return `${name}: ${format(last)} at the end, ${format(Math.max(...known))} at most.`
}
