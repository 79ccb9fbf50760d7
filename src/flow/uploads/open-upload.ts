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
  const id = order.id ?? mintUploadId()
  try {
    return { id, ...(await makeRows(parts, order, id, onAsked)) }
  } catch (error) {
    if (order.id === null || !isIdTaken(error)) throw error
    return { id, ...(await findRows(parts, order, id, onAsked)) }
  }
}

async function makeRows(
  parts: Parts,
  order: UploadOrder,
  id: string,
  onAsked: () => void,
): Promise<HeldUpload> {
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
  return { hold: describeHold(parts, held, onAsked), upload }
}

async function findRows(
  parts: Parts,
  { lengthBytes }: UploadOrder,
  id: string,
  onAsked: () => void,
): Promise<HeldUpload> {
  const { hold, upload } = await takeHold(parts, id, onAsked)
  try {
    const isOther = lengthBytes !== null && (upload.lengthBytes ?? lengthBytes) !== lengthBytes
    if (isOther) throw new ReelmillError('idempotency_key_reused')
    return { hold, upload: await requireOpen(parts, hold, upload) }
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

function isIdTaken(error: unknown): boolean {
  return error instanceof Error && 'constraint' in error && error.constraint === 'uploads_pkey'
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
