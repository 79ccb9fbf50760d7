/** The value below which `share` (0 to 1) of all values lie, by nearest rank. NaN for none. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  const rank = Math.ceil(share * sorted.length)
  return sorted[Math.min(sorted.length, Math.max(1, rank)) - 1] ?? Number.NaN
}

/** The middle value; of an even number the lower one. NaN for none. */
export function median(values: readonly number[]): number {
  return percentile(values, 0.5)
}

/** NaN for none. */
export function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}

/** n ÷ Σ 1/(x+1) − 1, as VMAF's tools pool: low values weigh more, and 0 is no infinity. */
export function harmonicMean(values: readonly number[]): number {
  return values.length / values.reduce((sum, value) => sum + 1 / (value + 1), 0) - 1
}
