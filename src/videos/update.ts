import { type Kysely, sql } from 'kysely'
import { notify } from '#database/notifications.ts'
import type { Tables, Visibility } from '#database/tables.ts'
import { ReelmillError } from '#errors/reelmill-error.ts'

/** What people say of a video; what is left out stays as it is. */
export interface VideoChanges {
  readonly name?: string | undefined
  /** Takes the place of all that was there. */
  readonly metadata?: Readonly<Record<string, unknown>> | undefined
  readonly visibility?: Visibility | undefined
  readonly webhookUrl?: string | null | undefined
  readonly externalId?: string | null | undefined
  readonly ownerId?: string | null | undefined
}

/**
 * Changes what people wrote about a video; with `revision`, only if nobody did since.
 *
 * @throws ReelmillError `video_not_found`, `precondition_failed`, `external_id_taken`,
 * `user_not_found`.
 */
export async function updateVideo(
  database: Kysely<Tables>,
  id: string,
  changes: VideoChanges,
  revision: number | null = null,
): Promise<void> {
  const update = database
    .updateTable('videos')
    .set({
      ...toColumns(changes),
      updated_at: sql<Date>`now()`,
      revision: sql<number>`revision + 1`,
    })
    .where('id', '=', id)
    .$if(revision !== null, (one) => one.where('revision', '=', revision))
  const { numUpdatedRows } = await update.executeTakeFirst().catch((error: unknown) => {
    throw toRefusal(error)
  })
  // Who looks at it sees it change.
  if (numUpdatedRows > 0n) return notify(database, 'video', { videoId: id })
  const known = await database.selectFrom('videos').select('id').where('id', '=', id).execute()
  throw new ReelmillError(known.length === 0 ? 'video_not_found' : 'precondition_failed')
}

function toColumns({ name, metadata, visibility, webhookUrl, externalId, ownerId }: VideoChanges) {
  return {
    ...(name === undefined ? {} : { name }),
    ...(metadata === undefined ? {} : { metadata: JSON.stringify(metadata) }),
    ...(visibility === undefined ? {} : { visibility }),
    ...(webhookUrl === undefined ? {} : { webhook_url: webhookUrl }),
    ...(externalId === undefined ? {} : { external_id: externalId }),
    ...(ownerId === undefined ? {} : { owner_id: ownerId }),
  }
}

/** PostgreSQL's codes for what is not unique, and for a row that refers to none. */
function toRefusal(error: unknown): unknown {
  const code = error instanceof Error && 'code' in error ? error.code : null
  if (code === '23505') return new ReelmillError('external_id_taken')
  return code === '23503' ? new ReelmillError('user_not_found') : error
}
