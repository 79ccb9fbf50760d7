import type { Kysely } from 'kysely'
import type { Tables } from '#database/tables.ts'
import type { VideoEvent } from '../events.ts'

/** A page of a video's events. */
export interface History {
  /** The newest first. */
  readonly events: readonly VideoEvent[]
  /** Id to go on before; null after the last page. */
  readonly next: number | null
}

/** The newest events of a video, or those before the one with the given id. */
export async function listHistory(
  database: Kysely<Tables>,
  videoId: string,
  { before, limit }: { readonly before?: number | undefined; readonly limit: number },
): Promise<History> {
  const rows = await database
    .selectFrom('events')
    .select(['id', 'type', 'data', 'created_at as at'])
    .where('video_id', '=', videoId)
    .$if(before !== undefined, (events) => events.where('id', '<', before ?? 0))
    .orderBy('id', 'desc')
    .limit(limit + 1)
    .execute()
  const events = rows.slice(0, limit)
  return { events, next: rows.length > limit ? (events.at(-1)?.id ?? null) : null }
}
