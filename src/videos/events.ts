import { type Kysely, sql } from 'kysely'
import type { Tables, Visibility } from '#database/tables.ts'

/** Something that became true of a video. */
export interface VideoEvent {
  /** Grows with time; what a client saw last. */
  readonly id: number
  readonly type: string
  readonly data: Record<string, unknown>
  readonly at: Date
}

/** Up to 500 events of a video after the one with the given id, in their order. */
export async function listEvents(
  database: Kysely<Tables>,
  videoId: string,
  afterId: number,
): Promise<VideoEvent[]> {
  return database
    .selectFrom('events')
    .select(['id', 'type', 'data', 'created_at as at'])
    .where('video_id', '=', videoId)
    .where('id', '>', afterId)
    .orderBy('id')
    .limit(500)
    .execute()
}

/** An event among those of all videos. */
export interface FeedEvent extends VideoEvent {
  readonly videoId: string
  /** Whose the video is and who may see it; null once it is deleted. */
  readonly owned: { readonly ownerId: string | null; readonly visibility: Visibility } | null
}

/** Up to `limit` events of all videos after the one with the given id, in their order. */
export async function listFeed(
  database: Kysely<Tables>,
  afterId: number,
  limit: number,
): Promise<FeedEvent[]> {
  const rows = await database
    .selectFrom('events')
    .leftJoin('videos', 'videos.id', 'events.video_id')
    .select(['events.id', 'type', 'data', 'events.created_at as at', 'video_id as videoId'])
    .select(['owner_id as ownerId', 'visibility'])
    .where('events.id', '>', afterId)
    .orderBy('events.id')
    .limit(limit)
    .execute()
  return rows.map(({ ownerId, visibility, ...event }) => ({
    ...event,
    owned: visibility === null ? null : { ownerId, visibility },
  }))
}

/** The id of the newest event that is older than `seconds`; 0 when there is none. */
export async function readEventIdBefore(
  database: Kysely<Tables>,
  seconds: number,
): Promise<number> {
  const row = await database
    .selectFrom('events')
    .select('id')
    .where('created_at', '<', sql<Date>`now() - make_interval(secs => ${seconds})`)
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row?.id ?? 0
}
