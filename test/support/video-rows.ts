import { randomUUID } from 'node:crypto'
import type { Kysely } from 'kysely'
import type { Tables, VersionState } from '#database/tables.ts'

interface Wanted {
  readonly name?: string
  readonly state?: VersionState
  readonly playable?: boolean
  readonly published?: boolean
  readonly createdAt?: Date
  readonly plan?: object
  readonly media?: object
}

/** A video with one version, as rows and nothing else. */
export interface VideoRows {
  readonly videoId: string
  readonly versionId: string
  readonly prefix: string
}

/** Writes the rows of a video in any state, as the journey would have left them. */
export async function insertVideoRows(
  database: Kysely<Tables>,
  wanted: Wanted = {},
): Promise<VideoRows> {
  const videoId = randomUUID()
  await database
    .insertInto('videos')
    .values({
      id: videoId,
      name: wanted.name ?? 'A video',
      profile: 'default',
      metadata: '{}',
      published_version: wanted.published ? 1 : null,
      created_at: wanted.createdAt ?? new Date(),
    })
    .execute()
  return insertVersionRow(database, videoId, wanted)
}

async function insertVersionRow(
  database: Kysely<Tables>,
  videoId: string,
  { published = false, playable = published, state, media, plan }: Wanted,
): Promise<VideoRows> {
  const rows = { videoId, versionId: randomUUID(), prefix: `videos/${videoId}/1` }
  await database
    .insertInto('versions')
    .values({
      id: rows.versionId,
      video_id: videoId,
      number: 1,
      state: state ?? (published ? 'published' : 'encoding'),
      source_key: `sources/${videoId}/1/source`,
      prefix: rows.prefix,
      media: media ? JSON.stringify(media) : null,
      plan: plan ? JSON.stringify(plan) : null,
      playable_at: playable ? new Date() : null,
      published_at: published ? new Date() : null,
    })
    .execute()
  return rows
}
