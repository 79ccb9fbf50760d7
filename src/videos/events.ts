import type { Kysely } from 'kysely'
import type { Tables } from '#database/tables.ts'

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
