import { sql, type Transaction } from 'kysely'
import type { Tables } from '#database/tables.ts'
import { ReelmillError } from '#errors/reelmill-error.ts'
import { endUpload } from '../end-upload.ts'
import type { Parts } from '../parts.ts'
import { expiry } from './deadlines.ts'
import type { Hold } from './hold-upload.ts'
import type { Upload } from './upload.ts'

/**
 * Begins the journey of a version whose last byte is on the disk, in one transaction with the word
 * that the upload is finished.
 *
 * @throws ReelmillError `upload_gone` when the version does not wait for it any more, `upload_held`
 *   when another took the hold.
 */
export async function finishUpload(parts: Parts, hold: Hold, upload: Upload): Promise<void> {
  const { versionId, lengthBytes } = upload
  if (versionId === null || lengthBytes === null) throw new ReelmillError('upload_gone')
  await parts.database.transaction().execute(async (tx) => {
    await lockVersion(tx, versionId)
    const { numUpdatedRows } = await tx
      .updateTable('uploads')
      .set({
        received_bytes: lengthBytes,
        finished_at: sql<Date>`now()`,
        expires_at: expiry(parts),
        updated_at: sql<Date>`now()`,
      })
      .where('id_hash', '=', hold.idHash)
      .where('hold_token', '=', hold.token)
      .executeTakeFirst()
    if (numUpdatedRows === 0n) throw new ReelmillError('upload_held')
    const begun = await endUpload(parts, tx, { versionId, sizeBytes: lengthBytes })
    if (!begun) throw new ReelmillError('upload_gone')
  })
}

/** Before the upload's row, as whoever deletes a version does. */
async function lockVersion(tx: Transaction<Tables>, versionId: string): Promise<void> {
  const row = await tx
    .selectFrom('versions')
    .select('id')
    .where('id', '=', versionId)
    .forNoKeyUpdate()
    .executeTakeFirst()
  if (!row) throw new ReelmillError('upload_gone')
}
