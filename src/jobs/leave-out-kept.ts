import type { Kysely } from 'kysely'
import type { Tables } from '#database/tables.ts'
import type { JobRow } from './job.ts'
import type { ChunkPayload } from './payload.ts'
import { findLastPictureSegment } from './video-grid.ts'

/**
 * The payload of a job for the runner that takes it: of a chunk that another runner began and lost,
 * only what is not there yet, from the first segment on that some rendition lacks. The row keeps the
 * whole order, for at the end all of it must be there. A chunk of which only the runner's success is
 * missing is its last segment, or that of the last picture: somebody must have made it to the end.
 */
export async function leaveOutKept(
  database: Kysely<Tables>,
  { version_id, type, payload }: JobRow,
): Promise<JobRow['payload']> {
  if (type !== 'vod-chunk-encoding') return payload
  // Sound: planning wrote it, of a job of this type.
  const { chunk, grid, renditions } = payload as unknown as ChunkPayload
  if (chunk.frames === null || grid.frames === null) return payload
  const first = chunk.firstFrame / grid.segmentFrames
  const end = first + Math.ceil(chunk.frames / grid.segmentFrames)
  const kept = await database
    .selectFrom('segments')
    .select(['track', 'number'])
    .where('version_id', '=', version_id)
    .where(
      'track',
      'in',
      renditions.map(({ name }) => name),
    )
    .where('number', '>=', first)
    .where('number', '<', end)
    .execute()
  const known = new Set(kept.map(({ track, number }) => `${track}/${number}`))
  const last = Math.min(end - 1, findLastPictureSegment(grid, grid.frames))
  let from = first
  while (from < last && renditions.every(({ name }) => known.has(`${name}/${from}`))) from += 1
  const leftOut = (from - first) * grid.segmentFrames
  if (leftOut === 0) return payload
  const rest = { firstFrame: chunk.firstFrame + leftOut, frames: chunk.frames - leftOut }
  return { ...payload, chunk: { ...chunk, ...rest } }
}
