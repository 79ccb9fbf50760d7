import { formatShare } from '../../../words/amounts.ts'
import { formatClock } from '../../../words/times.ts'
import { type Cell, type CellState, cellWords, worstOf } from './cell-state.ts'
import type { MappedChunk } from './chunk-map-query.ts'

/** Where a chunk lies: "0:06 – 0:12". */
export function placeOf({ startSeconds, endSeconds }: MappedChunk): string {
  const end = endSeconds === null ? 'the end' : formatClock(endSeconds)
  return `${formatClock(startSeconds)} – ${end}`
}

/** What a chunk is called, as in the labels of its jobs. */
export function nameOf({ index }: Pick<MappedChunk, 'index'>): string {
  return index === 0 ? 'Opening' : `Chunk ${index}`
}

/** The word for a state of a cell. */
export function wordOf(state: CellState): string {
  return state === 'none' ? 'No job' : cellWords[state]
}

/** A chunk in a sentence, for those who hear the map. */
export function describeChunk(chunk: MappedChunk, cells: readonly Cell[]): string {
  const state = worstOf(cells.map((cell) => cell.state))
  const share = cells.reduce((sum, cell) => sum + cell.share, 0) / Math.max(1, cells.length)
  const word = state === 'working' ? `Encoding, ${formatShare(share)}` : wordOf(state)
  return `${nameOf(chunk)}, ${placeOf(chunk)}: ${word}`
}
