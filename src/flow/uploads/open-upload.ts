import { randomUUID } from 'node:crypto'
import type { Transaction } from 'kysely'
import type { Tables } from '#database/tables.ts'
import type { OpenedVersion, VideoDetails } from '../open-version.ts'
import { openVersion, openVideo } from '../open-version.ts'
import type { Parts } from '../parts.ts'
import { expiry, heldUntil } from './deadlines.ts'
import { hashUploadId, mintUploadId, type Upload, uploadColumns } from './upload.ts'

/** What is to be uploaded, and of which video. */
export interface UploadOrder {
  /** A new version of this video; a new video when null. */
  readonly videoId: string | null
  readonly details: VideoDetails
  /** As the uploader calls the file. */
  readonly filename: string
  /** null when the uploader will tell it later. */
  readonly lengthBytes: number | null
  /** As it was told, to be told back. */
  readonly metadata: string | null
}

/** An upload that was opened, held by whoever opened it. */
export interface OpenedUpload {
  /** The last part of its address; known nowhere else. */
  readonly id: string
  readonly holdToken: string
  readonly upload: Upload
}

/**
 * Makes the rows of an upload and of its version before a byte of it is there.
 *
 * @throws ReelmillError as `openVideo` and `openVersion` do.
 */
export async function openUpload(parts: Parts, order: UploadOrder): Promise<OpenedUpload> {
  const { videoId, details, filename } = order
  const id = mintUploadId()
  const holdToken = randomUUID()
  const made: Upload[] = []
  const also = async (tx: Transaction<Tables>, opened: OpenedVersion) => {
    made.push(await insertUpload(parts, tx, { id, holdToken, order, opened }))
  }
  const expiresAt = new Date(Date.now() + parts.config.uploadExpirationSeconds * 1000)
  const promise = { filename, expiresAt, also }
  if (videoId === null) await openVideo(parts, details, promise)
  else await openVersion(parts, videoId, { ...promise, baseName: details.baseName })
  const [upload] = made
  if (!upload) throw new Error('The version was opened without its upload.')
  return { id, holdToken, upload }
}

interface NewUpload {
  readonly id: string
  readonly holdToken: string
  readonly order: UploadOrder
  readonly opened: OpenedVersion
}

function insertUpload(
  parts: Parts,
  tx: Transaction<Tables>,
  { id, holdToken, order, opened }: NewUpload,
): Promise<Upload> {
  return tx
    .insertInto('uploads')
    .values({
      id_hash: hashUploadId(id),
      version_id: opened.versionId,
      video_id: opened.videoId,
      source_key: opened.sourceKey,
      length_bytes: order.lengthBytes,
      metadata: order.metadata,
      expires_at: expiry(parts),
      hold_token: holdToken,
      held_until: heldUntil(),
    })
    .returning(uploadColumns)
    .executeTakeFirstOrThrow()
}
