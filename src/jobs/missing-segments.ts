import { sql, type Transaction } from 'kysely'
import type { Tables } from '#database/tables.ts'
import type { OrderedSegments } from './order.ts'

/** The tracks of an order that lack segments, by name; empty when all has been handed in. */
export async function findIncompleteTracks(
  tx: Transaction<Tables>,
  versionId: string,
  ordered: readonly OrderedSegments[],
): Promise<string[]> {
  const { rows } = await sql<{ track: string }>`
    select ordered.track
      from jsonb_to_recordset(${JSON.stringify(ordered)}::jsonb)
           as ordered (track text, first integer, count integer)
     where ordered.count > (
             select count(*)
               from segments
              where segments.version_id = ${versionId}
                and segments.track = ordered.track
                and segments.number >= ordered.first
                and segments.number < ordered.first + ordered.count)`.execute(tx)
  return rows.map(({ track }) => track)
}
