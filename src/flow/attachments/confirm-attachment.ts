import { buffer } from 'node:stream/consumers'
import { sql } from 'kysely'
import { ReelmillError } from '#errors/reelmill-error.ts'
import { recordEvent } from '../advance.ts'
import type { Parts } from '../parts.ts'
import { type Attachment, attachmentKey, largestAttachmentBytes } from './attachment.ts'
import { readSubtitles } from './read-subtitles.ts'
import { redrawPicture } from './redraw-picture.ts'

/**
 * An upload of an attachment has ended, says its sender: what came is read, written anew in our own
 * words, and shown (M-53). Said again, it changes nothing.
 *
 * @throws ReelmillError `file_key_invalid`, `upload_missing`, `source_empty`, `source_too_many_bytes`,
 * and `source_unreadable` or `source_damaged` where it is no picture, or no subtitles.
 */
export async function confirmAttachment(
  parts: Parts,
  attachment: Attachment,
  fileKey: string,
): Promise<void> {
  const stamp = Number(/\/([1-9]\d{0,14})$/.exec(fileKey)?.[1])
  const key = attachmentKey(attachment, stamp)
  if (attachment.uploadKey === null && attachment.key === key) return
  if (fileKey !== attachment.uploadKey) throw new ReelmillError('file_key_invalid')
  const uploaded = await readUpload(parts, attachment, fileKey)
  const bytes =
    attachment.kind === 'thumbnail' ? await redrawPicture(parts, uploaded) : readSubtitles(uploaded)
  const contentType = attachment.kind === 'thumbnail' ? 'image/jpeg' : 'text/vtt'
  await parts.storage.put(key, bytes, { contentType })
  await parts.database.transaction().execute(async (tx) => {
    const { id, videoId, kind } = attachment
    const shown = await tx
      .updateTable('attachments')
      .set({ key, upload_key: null, bytes: bytes.length, updated_at: sql<Date>`now()` })
      .where('id', '=', id)
      .where('upload_key', '=', fileKey)
      .executeTakeFirst()
    if (shown.numUpdatedRows === 0n) return
    const keys = [fileKey, ...(attachment.key === null ? [] : [attachment.key])]
    await parts.queue.enqueue(tx, 'removing', { prefixes: [], keys })
    await recordEvent(tx, videoId, `video.${kind}_added`, { id })
  })
}

async function readUpload(parts: Parts, { kind }: Attachment, key: string): Promise<Buffer> {
  const object = await parts.storage.head(key)
  if (!object) throw new ReelmillError('upload_missing')
  const maxBytes = largestAttachmentBytes(parts, kind)
  const { sizeBytes } = object
  if (sizeBytes === 0) throw new ReelmillError('source_empty')
  if (sizeBytes > maxBytes) {
    throw new ReelmillError('source_too_many_bytes', undefined, {
      details: { sizeBytes, maxBytes },
    })
  }
  return buffer(await parts.storage.get(key, { start: 0, end: sizeBytes - 1 }))
}
