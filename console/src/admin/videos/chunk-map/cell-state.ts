import type { MappedChunk, MappedJob } from './chunk-map-query.ts'

/** What a cell of the map shows. */
export type CellState =
  | 'waiting'
  | 'working'
  | 'checking'
  | 'done'
  | 'again'
  | 'failed'
  | 'cancelled'
  | 'none'

/** The states in the order of the legend, with their words. */
export const cellWords: Readonly<Record<Exclude<CellState, 'none'>, string>> = {
  done: 'Done',
  checking: 'Being checked',
  working: 'Encoding',
  waiting: 'Waiting',
  again: 'Waiting for another try',
  failed: 'Failed',
  cancelled: 'Cancelled',
}

/** A chunk of one rendition. */
export interface Cell {
  readonly state: CellState
  /** 0 to 1. */
  readonly share: number
}

/** The worst first: what is wrong is seen, however much else is well. */
const order: readonly CellState[] = [
  'failed',
  'again',
  'working',
  'checking',
  'waiting',
  'cancelled',
  'done',
  'none',
]

const statesOfJobs: Readonly<Record<MappedJob['state'], CellState>> = {
  pending: 'waiting',
  waiting_for_parent: 'waiting',
  processing: 'working',
  completing: 'checking',
  completed: 'done',
  errored: 'failed',
  parent_errored: 'failed',
  cancelled: 'cancelled',
  parent_cancelled: 'cancelled',
}

/** What a job's state means for the cells that it fills. */
export function stateOfJob({ state, failures }: Pick<MappedJob, 'state' | 'failures'>): CellState {
  const found = statesOfJobs[state]
  return found === 'waiting' && failures > 0 ? 'again' : found
}

/**
 * A chunk of one rendition: as the jobs are that make it, and done as soon as all its segments are
 * there; but not where a job failed after it had handed them in, for they come anew. `sound` are the
 * jobs of the sound, which belong to all chunks.
 */
export function cellOf(
  { segments, done, jobs }: Pick<MappedChunk, 'segments' | 'done' | 'jobs'>,
  rendition: string,
  sound: readonly MappedJob[] = [],
): Cell {
  const there = done[rendition] ?? 0
  const isThere = segments !== null && there >= segments
  const own = jobs.filter(({ renditions }) => renditions.includes(rendition))
  const makers = own.length > 0 ? own : sound.filter((job) => job.renditions.includes(rendition))
  const state = worstOf(makers.map(stateOfJob))
  if (state === 'done' || (isThere && !ended.includes(state))) return { state: 'done', share: 1 }
  const share = segments === null ? 0 : there / segments
  // Of sound only the segments say how far it is here; a job of the chunk tells it more finely.
  const told = own.length === 0 ? 0 : own.reduce((sum, job) => sum + job.progress, 0) / own.length
  return { state, share: Math.min(1, Math.max(share, told)) }
}

/** What segments that are there do not make good. */
const ended: readonly CellState[] = ['again', 'failed', 'cancelled']

/** The state that stands for several. */
export function worstOf(states: readonly CellState[]): CellState {
  return order.find((state) => states.includes(state)) ?? 'none'
}
