import type { JobState } from '#database/tables.ts'
import type { MappedRendition, MapTotals } from './chunk-map.ts'
import type { MapSumRow } from './job-rows.ts'
import type { MappedPlan } from './lay-out-chunks.ts'

/** The whole version in figures; how many chunks are done is counted elsewhere. */
export function addUpJobs(sums: readonly MapSumRow[]): Omit<MapTotals, 'chunks' | 'chunksDone'> {
  const jobs: Partial<Record<JobState, number>> = {}
  for (const sum of sums) jobs[sum.state] = (jobs[sum.state] ?? 0) + sum.jobs
  return {
    jobs,
    failures: sums.reduce((all, sum) => all + sum.failures, 0),
    cpuSeconds: sums.reduce((all, sum) => all + (sum.cpuSeconds ?? 0), 0),
    wallSeconds: spanOf(sums),
  }
}

const unfinished: readonly JobState[] = [
  'pending',
  'processing',
  'waiting_for_parent',
  'completing',
]

function spanOf(sums: readonly MapSumRow[]): number | null {
  const starts = sums.flatMap(({ startedAt }) => (startedAt ? [startedAt.getTime()] : []))
  if (starts.length === 0) return null
  const isOpen = sums.some(({ state }) => unfinished.includes(state))
  const ends = sums.flatMap(({ finishedAt, now }) => [(isOpen ? now : finishedAt)?.getTime() ?? 0])
  return Math.max(0, Math.max(...ends) - Math.min(...starts)) / 1000
}

/** The renditions of a plan, pictures first, with what each has cost so far. */
export function toMappedRenditions(
  plan: MappedPlan,
  sums: readonly MapSumRow[],
): MappedRendition[] {
  const pixels = new Map(plan.video.map(({ name, width, height }) => [name, width * height]))
  const costs = shareCosts(sums, pixels)
  const cost = (name: string) => costs.get(name) ?? null
  return [
    ...plan.video.map(({ name, width, height }) => ({
      ...{ name, kind: 'video' as const, width, height },
      cpuSeconds: cost(name),
    })),
    ...plan.audio.map(({ name }) => ({
      ...{ name, kind: 'audio' as const, width: null, height: null },
      cpuSeconds: cost(name),
    })),
  ]
}

function shareCosts(
  sums: readonly MapSumRow[],
  pixels: ReadonlyMap<string, number>,
): Map<string, number> {
  const costs = new Map<string, number>()
  for (const { renditions, cpuSeconds } of sums) {
    if (cpuSeconds === null) continue
    // Tracks of sound share alike.
    const weigh = (name: string) => pixels.get(name) ?? 1
    const whole = renditions.reduce((sum, name) => sum + weigh(name), 0)
    for (const name of renditions) {
      costs.set(name, (costs.get(name) ?? 0) + (cpuSeconds * weigh(name)) / whole)
    }
  }
  return costs
}
