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
  const versionId = randomUUID()
  const prefix = `videos/${videoId}/1`
  const { published = false, playable = published } = wanted
  await database
    .insertInto('videos')
    .values({
      id: videoId,
      name: wanted.name ?? 'A video',
      profile: 'default',
      metadata: '{}',
      published_version: published ? 1 : null,
      ...(wanted.createdAt ? { created_at: wanted.createdAt } : {}),
    })
    .execute()
  await database
    .insertInto('versions')
    .values({
      id: versionId,
      video_id: videoId,
      number: 1,
      state: wanted.state ?? (published ? 'published' : 'encoding'),
      source_key: `sources/${videoId}/1`,
      prefix,
      media: wanted.media ? JSON.stringify(wanted.media) : null,
      plan: wanted.plan ? JSON.stringify(wanted.plan) : null,
      playable_at: playable ? new Date() : null,
      published_at: published ? new Date() : null,
    })
    .execute()
  return { videoId, versionId, prefix }
}
