import type { Kysely } from 'kysely'
import type { Tables } from '#database/tables.ts'
import type { Owned } from '#people/rights.ts'
import { isPlayable } from './to-video-view.ts'

/** Where the files are that players get of a video now. */
export interface MediaPlace extends Owned {
  /** The video's. */
  readonly name: string
  /** Of the keys in the storage; without a "/" at the end. */
  readonly prefix: string
  readonly version: number
  /** While growing there are segments, but no playlists yet: those are written from rows. */
  readonly growing: boolean
}

/**
 * The published version's place, else that of the version that is being encoded once something of it
 * can be played, else null; null too when there is no such video.
 */
export async function findMediaPlace(
  database: Kysely<Tables>,
  videoId: string,
): Promise<MediaPlace | null> {
  const row = await database
    .selectFrom('videos')
    .innerJoin('versions', (join) =>
      join
        .onRef('versions.video_id', '=', 'videos.id')
        .on((on) =>
          on('versions.number', '=', on.fn.coalesce('published_version', 'latest_version')),
        ),
    )
    .select(['name', 'owner_id', 'visibility'])
    .select(['prefix', 'number', 'versions.state', 'playable_at', 'published_version'])
    .where('videos.id', '=', videoId)
    .executeTakeFirst()
  if (!row || !isPlayable(row)) return null
  const prefix = row.prefix.replace(/\/+$/, '')
  return {
    name: row.name,
    prefix,
    version: row.number,
    growing: row.published_version === null,
    ownerId: row.owner_id,
    visibility: row.visibility,
  }
}
