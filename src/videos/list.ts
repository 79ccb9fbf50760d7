import { type Kysely, sql } from 'kysely'

import type { Tables } from '#database/tables.ts'
import { formatCursor, usualOrder } from './list-order.ts'
import { type ListFilters, selectPage } from './list-page.ts'
import type { MediaBase } from './media-address.ts'
import { selectVideoRows } from './row.ts'
import { toVideoView } from './to-video-view.ts'
import type { VideoView } from './video-view.ts'

export interface ListOptions extends ListFilters {
  readonly baseUrl: MediaBase
}

export interface VideoPage {
  /** From the newest to the oldest, unless another order was asked for. */
  readonly videos: readonly VideoView[]
  /** Where the next page starts, or null after the last. */
  readonly next: string | null
}

/**
 * A page of videos: first which ones, from indexes alone, then what is shown of those. Fails with
 * `invalid_request` on a cursor that is none of ours, or of another order.
 */
export async function listVideos(
  database: Kysely<Tables>,
  options: ListOptions,
): Promise<VideoPage> {
  const { limit, sort = usualOrder } = options
  // One more than asked for tells whether there is a next page.
  const found = await selectPage(database, { ...options, limit: limit + 1 })
  const shown = found.slice(0, limit)
  const ids = shown.map(({ id }) => id)
  const rows =
    ids.length === 0
      ? []
      : await selectVideoRows(database)
          .where('videos.id', '=', sql<string>`any(${ids}::uuid[])`)
          .execute()
  const views = new Map(rows.map((row) => [row.id, toVideoView(row, options.baseUrl)]))
  const last = shown.at(-1)
  return {
    // One that was deleted in between is left out.
    videos: ids.flatMap((id) => views.get(id) ?? []),
    next: last && found.length > limit ? formatCursor(sort, last) : null,
  }
}
