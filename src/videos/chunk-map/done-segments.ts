import { type Kysely, sql } from 'kysely'
import type { Tables } from '#database/tables.ts'

/** Segments from number `first` on, to below `end`. */
interface Run {
  readonly first: number
  readonly end: number
}

/** Segments of a track in one of several runs. */
export interface DoneSegments {
  /** Place of the run in the list that was asked for. */
  readonly run: number
  readonly track: string
  readonly count: number
}

/**
 * How many segments of each track are there in each run of the timeline; the runs stand in its order
 * and do not overlap. One pass over the index, of which the part from the first to the last run is
 * read.
 */
export async function countDoneSegments(
  database: Kysely<Tables>,
  versionId: string,
  runs: readonly Run[],
): Promise<readonly DoneSegments[]> {
  const [first, last] = [runs[0], runs.at(-1)]
  if (!first || !last) return []
  const bounds = runs.flatMap((run) => [run.first, run.end])
  // So many bounds lie at or before a number: an odd one of them means within a run.
  const { rows } = await sql<{ passed: number; track: string; count: number }>`
    select track, width_bucket(number, ${bounds}::int[]) as passed, count(*)::int as count
      from segments
     where version_id = ${versionId} and number >= ${first.first} and number < ${last.end}
     group by 1, 2`.execute(database)
  return rows
    .filter(({ passed }) => passed % 2 === 1)
    .map(({ passed, track, count }) => ({ run: (passed - 1) / 2, track, count }))
}
