import type { Outcome } from '#media/ffmpeg/outcome.ts'

/** What a job has cost. */
export interface Cost {
  readonly cpuSeconds: number
  readonly wallSeconds: number
  readonly peakMemoryBytes: number
}

/** What of a program's end counts. */
export type Spent = Pick<Outcome, 'cpuSeconds' | 'durationMs' | 'peakMemoryBytes'>

/** Adds up the programs that a job runs, one after the other. */
export interface CostCounter {
  readonly add: (spent: Spent) => void
  readonly total: () => Cost
}

export function countCost(): CostCounter {
  let total: Cost = { cpuSeconds: 0, wallSeconds: 0, peakMemoryBytes: 0 }
  return {
    total: () => total,
    add: ({ cpuSeconds, durationMs, peakMemoryBytes }) => {
      total = {
        cpuSeconds: total.cpuSeconds + cpuSeconds,
        wallSeconds: total.wallSeconds + durationMs / 1000,
        peakMemoryBytes: Math.max(total.peakMemoryBytes, peakMemoryBytes),
      }
    },
  }
}
