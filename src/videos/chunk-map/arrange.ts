import type { Grid } from '#jobs/payload.ts'
import { toNumber } from '#media/rational.ts'
import type { ChunkMap, MappedJob } from './chunk-map.ts'
import type { MapJobRow } from './job-rows.ts'
import { type ChunkPlace, findChunk } from './lay-out-chunks.ts'
import { toMappedJob } from './to-mapped-job.ts'

/** Jobs by where the map shows them. */
export interface ArrangedJobs extends Pick<ChunkMap, 'sound' | 'other'> {
  /** By the place of their chunk in the list. */
  readonly ofChunks: ReadonlyMap<number, readonly MappedJob[]>
}

/** Timeline that a version has: its grid, its chunks, and how long it is. */
export interface Timeline {
  readonly grid: Grid | null
  readonly places: readonly ChunkPlace[]
  readonly durationSeconds: number | null
}

/** Puts jobs where they belong: to the chunk that holds their first frame, to the sound, or to the rest. */
export function arrangeJobs(rows: readonly MapJobRow[], timeline: Timeline): ArrangedJobs {
  const ofChunks = new Map<number, MappedJob[]>()
  const sound: MappedJob[] = []
  const other: MappedJob[] = []
  for (const row of rows) {
    const job = toMappedJob(row, { seconds: secondsOf(row, timeline) })
    const chunk = row.firstFrame === null ? -1 : findChunk(timeline.places, row.firstFrame)
    if (chunk >= 0) ofChunks.set(chunk, [...(ofChunks.get(chunk) ?? []), job])
    else if (row.isSound) sound.push(job)
    else other.push(job)
  }
  return { ofChunks, sound, other }
}

function secondsOf(row: MapJobRow, { grid, durationSeconds }: Timeline): number | null {
  if (row.isSound || row.firstFrame === null || !grid) return durationSeconds
  const frames = row.frames ?? (grid.frames === null ? null : grid.frames - row.firstFrame)
  return frames === null ? durationSeconds : frames / toNumber(grid.frameRate)
}
