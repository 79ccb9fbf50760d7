/** How far back the charts look. */
export const ranges = [
  ['1h', '1 h'],
  ['24h', '24 h'],
  ['7d', '7 d'],
  ['30d', '30 d'],
] as const

export type RangeName = (typeof ranges)[number][0]

const hourMs = 3_600_000

/** Lengths, and points that make steps of a minute, ten, an hour, six: some more, since the way here takes time. */
export const rangeFacts: Readonly<Record<RangeName, { lengthMs: number; points: number }>> = {
  '1h': { lengthMs: hourMs, points: 64 },
  '24h': { lengthMs: 24 * hourMs, points: 150 },
  '7d': { lengthMs: 7 * 24 * hourMs, points: 172 },
  '30d': { lengthMs: 30 * 24 * hourMs, points: 124 },
}

/** A range of an address; a day where it says none. */
export function readRange(text: string | null): RangeName {
  return ranges.find(([name]) => name === text)?.[0] ?? '24h'
}
