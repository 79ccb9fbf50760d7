import type { Kysely } from 'kysely'
import type { Tables } from '#database/tables.ts'
import { ReelmillError } from '#errors/reelmill-error.ts'
import type { Parts } from '../parts.ts'
import { finishUpload } from './finish-upload.ts'
import type { Hold } from './hold-upload.ts'
import { removeSource, settleSource } from './open-source.ts'
import type { Upload } from './upload.ts'

/**
 * Lets pass what can be gone on with or was finished already. Where the process died between the last
 * byte and the end of the upload, that is made up for here.
 *
 * @returns the upload as it stands then.
 * @throws ReelmillError `upload_gone` when it was given up, its video cancelled or deleted. Its bytes
 *   are removed then: those may have come after the order to remove the others.
 */
export async function requireOpen(parts: Parts, hold: Hold, upload: Upload): Promise<Upload> {
  if (upload.versionId !== null && upload.finishedAt) return upload
  const isOpen = upload.expiresAt > new Date() && (await isWanted(parts.database, upload.idHash))
  if (!isOpen) {
    await removeSource(parts, upload)
    throw new ReelmillError('upload_gone')
  }
  if (upload.receivedBytes !== upload.lengthBytes) return upload
  await settleSource(parts, upload)
  await finishUpload(parts, hold, upload)
  return { ...upload, finishedAt: new Date() }
}

/** Whether a version still waits for the bytes of this upload. */
export async function isWanted(database: Kysely<Tables>, idHash: Buffer): Promise<boolean> {
  const row = await database
    .selectFrom('uploads')
    .innerJoin('versions', 'versions.id', 'uploads.version_id')
    .select('uploads.id_hash')
    .where('uploads.id_hash', '=', idHash)
    .where('versions.state', '=', 'uploading')
    .executeTakeFirst()
  return row !== undefined
}
