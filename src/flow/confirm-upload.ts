import { ReelmillError } from '#errors/reelmill-error.ts'
import { endUpload } from './end-upload.ts'
import { largestUploadBytes } from './largest-upload.ts'
import type { Parts } from './parts.ts'
import { uploadKeyOf } from './upload-keys.ts'

/**
 * A promised upload has ended, says its sender: its journey begins, once the object is seen to be
 * there and within the limits (WD26). Said again, it changes nothing.
 *
 * @throws ReelmillError `file_key_invalid` for anything but the key of an upload that was promised to
 * this video (M-27), `upload_missing`, `source_empty`, `source_too_many_bytes`.
 */
export async function confirmUpload(parts: Parts, videoId: string, fileKey: string): Promise<void> {
  const version = await findPromised(parts, videoId, fileKey)
  if (version.state !== 'uploading') return
  const object = await parts.storage.head(fileKey)
  if (!object) throw new ReelmillError('upload_missing')
  const maxBytes = largestUploadBytes(parts.config)
  const { sizeBytes } = object
  if (sizeBytes > maxBytes) {
    throw new ReelmillError('source_too_many_bytes', undefined, {
      details: { sizeBytes, maxBytes },
    })
  }
  await parts.database
    .transaction()
    .execute((tx) => endUpload(parts, tx, { versionId: version.id, sizeBytes }))
}

async function findPromised({ database }: Parts, videoId: string, fileKey: string) {
  const stamp = Number(/\/([1-9]\d{0,14})$/.exec(fileKey)?.[1])
  if (fileKey !== uploadKeyOf(videoId, stamp)) throw new ReelmillError('file_key_invalid')
  const version = await database
    .selectFrom('versions')
    .select(['id', 'state'])
    .where('video_id', '=', videoId)
    .where('source_key', '=', fileKey)
    .executeTakeFirst()
  if (!version) throw new ReelmillError('file_key_invalid')
  return version
}
