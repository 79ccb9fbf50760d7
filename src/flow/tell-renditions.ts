import type { Transaction } from 'kysely'
import type { Tables } from '#database/tables.ts'
import { recordEvent } from './advance.ts'

/**
 * Tells of every rendition of a version that it is wholly encoded, once the last chunk is in: chunks
 * hold all renditions, so none is whole much earlier.
 */
export async function tellRenditions(tx: Transaction<Tables>, versionId: string): Promise<void> {
  const tracks = await tx
    .selectFrom('tracks')
    .innerJoin('versions', 'versions.id', 'tracks.version_id')
    .select([
      'versions.video_id as videoId',
      'versions.number as version',
      'tracks.name as rendition',
    ])
    .where('versions.id', '=', versionId)
    .orderBy('tracks.name')
    .execute()
  for (const { videoId, ...data } of tracks) {
    await recordEvent(tx, videoId, 'video.rendition_completed', data)
  }
}
