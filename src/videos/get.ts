import type { Kysely } from 'kysely'
import type { Tables } from '#database/tables.ts'
import type { MediaBase } from './media-address.ts'
import { selectVideoRows } from './row.ts'
import { toVideoView } from './to-video-view.ts'
import type { VideoView } from './video-view.ts'

/** The video, or null when there is none. `id` must be a UUID. */
export async function getVideo(
  database: Kysely<Tables>,
  id: string,
  base: MediaBase,
): Promise<VideoView | null> {
  const row = await selectVideoRows(database).where('videos.id', '=', id).executeTakeFirst()
  return row ? toVideoView(row, base) : null
}

/** Those of the videos that there are, in no order. `ids` must be UUIDs. */
export async function getVideos(
  database: Kysely<Tables>,
  ids: readonly string[],
  base: MediaBase,
): Promise<VideoView[]> {
  if (ids.length === 0) return []
  const rows = await selectVideoRows(database).where('videos.id', 'in', ids).execute()
  return rows.map((row) => toVideoView(row, base))
}
