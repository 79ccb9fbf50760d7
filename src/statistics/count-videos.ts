import { type Kysely, sql } from 'kysely'
import type { Tables, VersionState } from '#database/tables.ts'
import { fillStates } from './fill-states.ts'

/** In the order of the journey. */
export const versionStates = [
  'uploading',
  'probing',
  'planning',
  'encoding',
  'packaging',
  'publishing',
  'published',
  'failed',
  'cancelled',
] as const satisfies readonly VersionState[]

export interface VideoCounts {
  readonly total: number
  /** Published, or growing. */
  readonly playable: number
  /** By the state of the latest version. */
  readonly byState: Readonly<Record<VersionState, number>>
}

/** How many videos there are; playable is as `isPlayable` of videos/to-video-view.ts has it. */
export async function countVideos(database: Kysely<Tables>): Promise<VideoCounts> {
  const { rows } = await sql<{ state: VersionState; count: number }>`
    select state, count(*)::int as count from videos group by state`.execute(database)
  // What was never published is rarely much; all the rest is playable.
  const { rows: unpublished } = await sql<{ total: number; growing: number }>`
    select count(*)::int as total,
           count(*) filter (where videos.state not in ('failed', 'cancelled') and exists (
             select 1 from versions where video_id = videos.id and number = latest_version
                and playable_at is not null))::int as growing
      from videos where published_version is null`.execute(database)
  const total = rows.reduce((sum, { count }) => sum + count, 0)
  const [{ total: never, growing } = { total: 0, growing: 0 }] = unpublished
  return { total, playable: total - never + growing, byState: fillStates(versionStates, rows) }
}
