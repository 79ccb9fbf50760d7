import { type Kysely, sql } from 'kysely'
import type { Tables, VersionState } from '#database/tables.ts'
import { ReelmillError } from '#errors/reelmill-error.ts'
import { selectVideoRows, type VideoRow } from './row.ts'
import { toVideoView } from './to-video-view.ts'
import type { VideoView } from './video-view.ts'

export interface ListOptions {
  readonly state?: VersionState | undefined
  /** `next` of the page before. */
  readonly cursor?: string | undefined
  /** Who looks, where that is nobody who sees all: what is public, and the user's own; null: all. */
  readonly viewer?: { readonly userId: string | null } | null | undefined
  /** Videos of a page. */
  readonly limit: number
  readonly baseUrl: string
}

export interface VideoPage {
  /** From the newest to the oldest. */
  readonly videos: readonly VideoView[]
  /** Where the next page starts, or null after the last. */
  readonly next: string | null
}

/** A page of videos, in one query. Fails with `invalid_request` on a cursor that is none of ours. */
export async function listVideos(
  database: Kysely<Tables>,
  options: ListOptions,
): Promise<VideoPage> {
  let query = selectVideoRows(database)
    .orderBy('videos.created_at', 'desc')
    .orderBy('videos.id', 'desc')
    // One more than asked for tells whether there is a next page.
    .limit(options.limit + 1)
  if (options.state) query = query.where('versions.state', '=', options.state)
  const { viewer } = options
  if (viewer) {
    query = query.where((is) =>
      is.or([is('videos.visibility', '=', 'public'), is('videos.owner_id', '=', viewer.userId)]),
    )
  }
  if (options.cursor) {
    const [createdAt, id] = parseCursor(options.cursor)
    query = query.where(
      sql<boolean>`(videos.created_at, videos.id) < (${createdAt}::timestamptz, ${id}::uuid)`,
    )
  }
  const rows: VideoRow[] = await query.execute()
  const shown = rows.slice(0, options.limit)
  const last = shown.at(-1)
  return {
    videos: shown.map((row) => toVideoView(row, options.baseUrl)),
    next: last && rows.length > shown.length ? formatCursor(last) : null,
  }
}

function formatCursor(row: VideoRow): string {
  return Buffer.from(`${row.cursor_at}|${row.id}`).toString('base64url')
}

function parseCursor(cursor: string): [createdAt: string, id: string] {
  const text = Buffer.from(cursor, 'base64url').toString()
  const match = /^(\d{4}-\d\d-\d\d \d\d:\d\d:[\d.]+[+-][\d:]+)\|([0-9a-f-]{36})$/.exec(text)
  const [, createdAt, id] = match ?? []
  if (createdAt && id) return [createdAt, id]
  throw new ReelmillError('invalid_request', 'The cursor is not one that a list has given.')
}
