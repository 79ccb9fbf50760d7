import { randomUUID } from 'node:crypto'
import { type Kysely, sql } from 'kysely'
import type { AttachmentKind, Tables } from '#database/tables.ts'
import { recordEvent } from '../advance.ts'
import type { Parts } from '../parts.ts'
import { type Attachment, attachmentUploadKey } from './attachment.ts'

interface NewAttachment {
  readonly videoId: string
  readonly kind: AttachmentKind
  /** BCP 47, of subtitles. */
  readonly language: string | null
}

/** Makes room for one; a video has one thumbnail, so the second is the first. The id. */
export async function createAttachment(
  database: Kysely<Tables>,
  { videoId, kind, language }: NewAttachment,
): Promise<string> {
  const made = await database
    .insertInto('attachments')
    .values({ id: randomUUID(), video_id: videoId, kind, language })
    .onConflict((conflict) =>
      conflict.column('video_id').where('kind', '=', 'thumbnail').doNothing(),
    )
    .returning('id')
    .executeTakeFirst()
  if (made) return made.id
  const { id } = await database
    .selectFrom('attachments')
    .select('id')
    .where('video_id', '=', videoId)
    .where('kind', '=', kind)
    .executeTakeFirstOrThrow()
  return id
}

/** The key that an upload of it is promised; what was promised before is not taken any more. */
export async function promiseAttachment(
  { database }: Parts,
  attachment: Attachment,
  stamp: number,
): Promise<string> {
  const uploadKey = attachmentUploadKey(attachment, stamp)
  await database
    .updateTable('attachments')
    .set({ upload_key: uploadKey, updated_at: sql<Date>`now()` })
    .where('id', '=', attachment.id)
    .execute()
  return uploadKey
}

/** Takes one away from its video, with its file. */
export async function deleteAttachment(parts: Parts, attachment: Attachment): Promise<void> {
  const { id, videoId, kind, key, uploadKey } = attachment
  await parts.database.transaction().execute(async (tx) => {
    await tx.deleteFrom('attachments').where('id', '=', id).execute()
    const keys = [key, uploadKey].filter((each) => each !== null)
    await parts.queue.enqueue(tx, 'removing', { prefixes: [], keys })
    await recordEvent(tx, videoId, `video.${kind}_removed`, { id })
  })
}
