import { randomUUID } from 'node:crypto'
import type { Kysely } from 'kysely'
import type { Tables } from '#database/tables.ts'

/** A version that is being encoded, as rows and nothing else; its id. */
export async function insertVersion(database: Kysely<Tables>): Promise<string> {
  const videoId = randomUUID()
  const id = randomUUID()
  await database
    .insertInto('videos')
    .values({ id: videoId, name: 'bench', profile: 'default', metadata: '{}' })
    .execute()
  await database
    .insertInto('versions')
    .values({
      id,
      video_id: videoId,
      number: 1,
      state: 'encoding',
      source_key: 'none',
      source_name: 'none',
      prefix: `videos/${videoId}/1/`,
    })
    .execute()
  return id
}
