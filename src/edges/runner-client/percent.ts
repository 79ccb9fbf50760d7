/** Progress from 0 to 1 as a whole number of per cent, which is all that the protocol takes. */
export function toPercent(progress: number): number {
  return Math.round(Math.min(1, Math.max(0, progress)) * 100)
}
