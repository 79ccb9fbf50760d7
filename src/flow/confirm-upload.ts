import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { ReelmillError } from '#errors/reelmill-error.ts'
import type { ObjectInfo } from '#storage/contract.ts'
import { endUpload } from './end-upload.ts'
import { largestUploadBytes } from './largest-upload.ts'
import type { Parts } from './parts.ts'
import { settledFolderOf, uploadKeyOf } from './upload-keys.ts'

/**
 * A promised upload has ended, says its sender: its journey begins, once the object is seen to be
 * there and within the limits (WD26). Said again, it changes nothing. What a bucket has let in is
 * copied there first: its sender may write to the promised address until that expires, and must not
 * change what was looked at.
 *
 * @throws ReelmillError `file_key_invalid` for anything but the key of an upload that was promised to
 * this video (M-27), `upload_missing`, `source_empty`, `source_too_many_bytes`.
 */
export async function confirmUpload(parts: Parts, videoId: string, fileKey: string): Promise<void> {
  const { version, stamp } = await findPromised(parts, videoId, fileKey)
  if (version.state !== 'uploading') return
  try {
    await take(parts, { versionId: version.id, fileKey, folder: settledFolderOf(videoId, stamp) })
  } catch (error) {
    const isMissing = error instanceof ReelmillError && error.code === 'upload_missing'
    // Told twice at once, the other has begun it and taken the object away.
    if (isMissing && !(await isAwaited(parts, version.id))) return
    throw error
  }
}

interface Promised {
  readonly versionId: string
  readonly fileKey: string
  /** Where it is copied to. */
  readonly folder: string
}

async function take(parts: Parts, { versionId, fileKey, folder }: Promised): Promise<void> {
  const object = await parts.storage.head(fileKey)
  if (!object) throw new ReelmillError('upload_missing')
  const maxBytes = largestUploadBytes(parts.config)
  const { sizeBytes } = object
  if (sizeBytes > maxBytes) {
    throw new ReelmillError('source_too_many_bytes', undefined, {
      details: { sizeBytes, maxBytes },
    })
  }
  const sourceKey = await settle(parts, object, folder)
  const begun = await begin(parts, { versionId, sizeBytes, sourceKey })
  // Ours where it is told the second time; the sender's where the copy took its place.
  const left = begun ? fileKey : sourceKey
  if (sourceKey !== fileKey) await parts.storage.delete(left)
}

async function isAwaited({ database }: Parts, versionId: string): Promise<boolean> {
  const version = await database
    .selectFrom('versions')
    .select('state')
    .where('id', '=', versionId)
    .executeTakeFirst()
  return version?.state === 'uploading'
}

/** The key of an object that nobody outside can write to; a name of its own for each call. */
async function settle(
  { storage }: Parts,
  { key, etag, sizeBytes }: ObjectInfo,
  folder: string,
): Promise<string> {
  // Links of our own end with the upload (links/require-awaited.ts).
  if (storage.signer === null || sizeBytes === 0) return key
  const settled = `${folder}${randomUUID()}/source`
  try {
    await storage.copy(key, settled, { ifEtag: etag })
  } catch (error) {
    if (!(error instanceof ReelmillError) || error.code !== 'object_not_found') throw error
    throw new ReelmillError('upload_missing', 'The file was changed while it was looked at.', {
      cause: error,
    })
  }
  return settled
}

interface Settled {
  readonly versionId: string
  readonly sizeBytes: number
  readonly sourceKey: string
}

/** False when somebody else said so first, or it was cancelled. */
function begin(parts: Parts, { versionId, sizeBytes, sourceKey }: Settled): Promise<boolean> {
  return parts.database.transaction().execute(async (tx) => {
    await tx
      .updateTable('versions')
      .set({ source_key: sourceKey })
      .where('id', '=', versionId)
      .where('state', '=', 'uploading')
      .execute()
    return endUpload(parts, tx, { versionId, sizeBytes })
  })
}

async function findPromised({ database }: Parts, videoId: string, fileKey: string) {
  const stamp = Number(/\/([1-9]\d{0,14})$/.exec(fileKey)?.[1])
  if (fileKey !== uploadKeyOf(videoId, stamp)) throw new ReelmillError('file_key_invalid')
  const version = await database
    .selectFrom('versions')
    .select(['id', 'state'])
    .where('video_id', '=', videoId)
    .where((where) =>
      where.or([
        where('source_key', '=', fileKey),
        sql<boolean>`starts_with(source_key, ${settledFolderOf(videoId, stamp)})`,
      ]),
    )
    .orderBy('number', 'desc')
    .executeTakeFirst()
  if (!version) throw new ReelmillError('file_key_invalid')
  return { version, stamp }
}
