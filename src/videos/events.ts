import { type Kysely, type RawBuilder, type Selectable, sql } from 'kysely'
import type { Tables, Visibility } from '#database/tables.ts'

/** Something that became true of a video. */
export interface VideoEvent {
  /** Grows with time; what a client saw last. */
  readonly id: number
  readonly type: string
  readonly data: Record<string, unknown>
  readonly at: Date
}

/** Events of a video that are read at once. */
export const eventPageSize = 500

/** Up to `eventPageSize` events of a video after the one with the given id, in their order. */
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
    .limit(eventPageSize)
    .execute()
}

/** An event among those of all videos. */
export interface FeedEvent extends VideoEvent {
  readonly videoId: string
  /** Whose the video is and who may see it; null once it is deleted. */
  readonly owned: { readonly ownerId: string | null; readonly visibility: Visibility } | null
}

/** Which events of all videos are wanted. */
export interface FeedPage {
  readonly afterId: number
  /** Above that, but known already. */
  readonly known?: readonly number[] | undefined
  /** Only these videos; null: all. */
  readonly videoIds?: readonly string[] | null
  readonly limit: number
}

/** Up to `limit` events of all videos after the one with the given id, in their order. */
export async function listFeed(
  database: Kysely<Tables>,
  { afterId, known = [], videoIds = null, limit }: FeedPage,
): Promise<FeedEvent[]> {
  const events = videoIds === null ? sql<EventRow>`events` : eventsOf(videoIds, { afterId, limit })
  const rows = await database
    .selectFrom(events.as('events'))
    .leftJoin('videos', 'videos.id', 'events.video_id')
    .select(['events.id', 'type', 'data', 'events.created_at as at', 'video_id as videoId'])
    .select(['owner_id as ownerId', 'visibility'])
    .where('events.id', '>', afterId)
    .where(sql<boolean>`events.id <> all(${known}::bigint[])`)
    .orderBy('events.id')
    .limit(limit)
    .execute()
  return rows.map(({ ownerId, visibility, ...event }) => ({
    ...event,
    owned: visibility === null ? null : { ownerId, visibility },
  }))
}

type EventRow = Selectable<Tables['events']>

/**
 * A page of each video, by the index of its events: asked for as one condition, the database might
 * walk through the events of all videos instead, to have them in their order.
 */
function eventsOf(
  videoIds: readonly string[],
  { afterId, limit }: Pick<FeedPage, 'afterId' | 'limit'>,
): RawBuilder<EventRow> {
  return sql<EventRow>`(
    select of_one.* from unnest(${videoIds}::uuid[]) as wanted(id)
    cross join lateral (
      select * from events where video_id = wanted.id and id > ${afterId} order by id limit ${limit}
    ) of_one)`
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
