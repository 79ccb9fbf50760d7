/** How far something was at a time. */
export interface Sample {
  readonly atMs: number
  /** 0 to 1. */
  readonly progress: number
}

/** Shorter than that, what was seen says little of what comes. */
const leastMs = 4_000
/** What was long ago says little too. */
const mostMs = 60_000

/** The samples with another one, without those that say nothing any more. */
export function addSample(samples: readonly Sample[], sample: Sample): readonly Sample[] {
  const last = samples.at(-1)
  // It began anew.
  if (last && sample.progress < last.progress) return [sample]
  return [...samples.filter(({ atMs }) => sample.atMs - atMs <= mostMs), sample]
}

/** Milliseconds until all is done, if it goes on as it went; null: nobody can tell yet. */
export function estimateRemainingMs(samples: readonly Sample[]): number | null {
  const [first, last] = [samples[0], samples.at(-1)]
  if (!first || !last || last.atMs - first.atMs < leastMs) return null
  const gained = last.progress - first.progress
  if (gained <= 0) return null
  return ((1 - last.progress) * (last.atMs - first.atMs)) / gained
}

/** In words that promise no more than is known. */
export function describeRemaining(ms: number): string {
  const seconds = ms / 1000
  if (seconds < 15) return 'a few seconds left'
  if (seconds < 90) return 'about a minute left'
  if (seconds < 5400) return `about ${Math.round(seconds / 60)} minutes left`
  return `about ${Math.round(seconds / 3600)} hours left`
}
