import type { Kysely } from 'kysely'
import type { Tables } from '#database/tables.ts'

export interface VideoChanges {
  readonly name?: string | undefined
  /** Takes the place of all that was there. */
  readonly metadata?: Readonly<Record<string, unknown>> | undefined
}

/** Changes what people wrote about a video. False when there is none. */
export async function updateVideo(
  database: Kysely<Tables>,
  id: string,
  changes: VideoChanges,
): Promise<boolean> {
  const { name, metadata } = changes
  const result = await database
    .updateTable('videos')
    .set({
      updated_at: new Date(),
      ...(name === undefined ? {} : { name }),
      ...(metadata === undefined ? {} : { metadata: JSON.stringify(metadata) }),
    })
    .where('id', '=', id)
    .executeTakeFirst()
  return result.numUpdatedRows > 0n
}
