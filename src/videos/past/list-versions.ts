import { type Kysely, sql } from 'kysely'
import type { Tables, VersionState } from '#database/tables.ts'
import type { ErrorRecord } from '#errors/reelmill-error.ts'
import type { MediaInfo } from '#media/probe/media-info.ts'

/** One upload of a video's source, with what became of it. */
export interface VersionView {
  /** From 1. */
  readonly number: number
  readonly state: VersionState
  /** Whether this is the one that people watch. */
  readonly isPublished: boolean
  readonly error: ErrorRecord | null
  /** What it was planned by; null before planning. */
  readonly profile: string | null
  readonly source: {
    readonly filename: string | null
    readonly sizeBytes: number | null
    /** What probing found; null before. */
    readonly media: MediaInfo | null
  }
  /** Of all renditions and files that are there. */
  readonly outputBytes: number
  readonly cost: {
    readonly cpuSeconds: number
    readonly wallSeconds: number
    readonly peakMemoryBytes: number
  }
  /** ISO 8601. */
  readonly createdAt: string
  readonly playableAt: string | null
  readonly publishedAt: string | null
}

/** The versions of a video, the latest first; a video has few. */
export async function listVersions(
  database: Kysely<Tables>,
  videoId: string,
): Promise<VersionView[]> {
  const rows = await database
    .selectFrom('versions')
    .innerJoin('videos', 'videos.id', 'versions.video_id')
    .select(['number', 'source_name', 'source_bytes', 'cpu_seconds', 'wall_seconds'])
    .select(['peak_memory_bytes', 'playable_at', 'published_at', 'versions.created_at'])
    .select([
      sql<VersionState>`versions.state`.as('state'),
      sql<boolean>`coalesce(number = published_version, false)`.as('isPublished'),
      sql<ErrorRecord | null>`error`.as('error'),
      sql<string | null>`plan ->> 'profile'`.as('profile'),
      sql<MediaInfo | null>`media`.as('media'),
      outputBytes.as('outputBytes'),
    ])
    .where('video_id', '=', videoId)
    .orderBy('number', 'desc')
    .execute()
  return rows.map(({ number, state, isPublished, error, profile, outputBytes: bytes, ...row }) => ({
    ...{ number, state, isPublished, error, profile, outputBytes: bytes },
    source: { filename: row.source_name, sizeBytes: row.source_bytes, media: row.media },
    cost: {
      cpuSeconds: row.cpu_seconds,
      wallSeconds: row.wall_seconds,
      peakMemoryBytes: row.peak_memory_bytes,
    },
    createdAt: row.created_at.toISOString(),
    playableAt: row.playable_at?.toISOString() ?? null,
    publishedAt: row.published_at?.toISOString() ?? null,
  }))
}

const outputBytes = sql<number>`(
  (select coalesce(sum(octet_length(init) + bytes), 0) from tracks where version_id = versions.id)
  + (select coalesce(sum(bytes), 0) from files where version_id = versions.id))::float8`
