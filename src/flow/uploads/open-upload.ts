import { randomUUID } from 'node:crypto'
import type { Transaction } from 'kysely'
import type { Tables } from '#database/tables.ts'
import { ReelmillError } from '#errors/reelmill-error.ts'
import type { OpenedVersion, VideoDetails } from '../open-version.ts'
import { openVersion, openVideo } from '../open-version.ts'
import type { Parts } from '../parts.ts'
import { expiry, heldUntil } from './deadlines.ts'
import { describeHold, type HeldUpload, takeHold } from './hold-upload.ts'
import { requireOpen } from './require-open.ts'
import { hashUploadId, mintUploadId, type Upload, uploadColumns } from './upload.ts'

/** What is to be uploaded, and of which video. */
export interface UploadOrder {
  /** What `idOfKey` says, where it may be asked for again; null: it is made once for each call. */
  readonly id: string | null
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
export interface OpenedUpload extends HeldUpload {
  /** The last part of its address; known nowhere else. */
  readonly id: string
}

/**
 * Makes the rows of an upload and of its version before a byte of it is there; or finds them, where
 * the order has an id: who asks again has not heard the answer.
 *
 * @param onAsked as of `takeHold`.
 * @throws ReelmillError as `openVideo` and `openVersion` do; `idempotency_key_reused` where the upload
 *   that is there has another length; as `takeHold` and `requireOpen` do.
 */
export async function openUpload(
  parts: Parts,
  order: UploadOrder,
  onAsked: () => void,
): Promise<OpenedUpload> {
  const { id } = order
  if (id === null) return makeRows(parts, order, mintUploadId(), onAsked)
  const found = await findRows(parts, order, id, onAsked)
  if (found) return found
  try {
    return await makeRows(parts, order, id, onAsked)
  } catch (error) {
    // Who asked at the same moment was faster: whatever it was that clashed, theirs is there now.
    const made = await findRows(parts, order, id, onAsked)
    if (made) return made
    throw error
  }
}

async function makeRows(
  parts: Parts,
  order: UploadOrder,
  id: string,
  onAsked: () => void,
): Promise<OpenedUpload> {
  const { videoId, details, filename } = order
  const holdToken = randomUUID()
  const made: Upload[] = []
  const also = async (tx: Transaction<Tables>, opened: OpenedVersion) => {
    if (order.id !== null) await forgetGone(tx, id)
    made.push(await insertUpload(parts, tx, { id, holdToken, order, opened }))
  }
  const expiresAt = new Date(Date.now() + parts.config.uploadExpirationSeconds * 1000)
  const promise = { filename, expiresAt, also }
  if (videoId === null) await openVideo(parts, details, promise)
  else await openVersion(parts, videoId, { ...promise, baseName: details.baseName })
  const [upload] = made
  if (!upload) throw new Error('The version was opened without its upload.')
  const held = { idHash: upload.idHash, token: holdToken }
  return { id, hold: describeHold(parts, held, onAsked), upload }
}

/** null where there is none, or it was given up with its version. */
async function findRows(
  parts: Parts,
  { lengthBytes }: UploadOrder,
  id: string,
  onAsked: () => void,
): Promise<OpenedUpload | null> {
  const known = await parts.database
    .selectFrom('uploads')
    .select('version_id')
    .where('id_hash', '=', hashUploadId(id))
    .executeTakeFirst()
  if (!known?.version_id) return null
  const { hold, upload } = await takeHold(parts, id, onAsked)
  try {
    const isOther = lengthBytes !== null && (upload.lengthBytes ?? lengthBytes) !== lengthBytes
    if (isOther) throw new ReelmillError('idempotency_key_reused')
    return { id, hold, upload: await requireOpen(parts, hold, upload) }
  } catch (error) {
    await hold.release()
    throw error
  }
}

/** What was given up with its version is begun anew. */
async function forgetGone(tx: Transaction<Tables>, id: string): Promise<void> {
  await tx
    .deleteFrom('uploads')
    .where('id_hash', '=', hashUploadId(id))
    .where('version_id', 'is', null)
    .execute()
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
