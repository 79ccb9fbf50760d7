import { sql } from 'kysely'
import type { Parts } from '../parts.ts'
import { expiry, heldUntil } from './deadlines.ts'
import type { Hold } from './hold-upload.ts'
import type { Upload } from './upload.ts'

/**
 * Writes down how much is there, and renews the hold, the expiration and the version's sign of life
 * with it. False when the hold was lost or the version does not wait for bytes any more.
 */
export async function recordReceived(
  parts: Parts,
  hold: Hold,
  { versionId }: Pick<Upload, 'versionId'>,
  { receivedBytes, growth }: Pick<Upload, 'receivedBytes' | 'growth'>,
): Promise<boolean> {
  const { numUpdatedRows } = await parts.database
    .with('alive', (query) =>
      query
        .updateTable('versions')
        .set({ updated_at: sql<Date>`now()`, upload_expires_at: expiry(parts) })
        .where('id', '=', versionId)
        .where('state', '=', 'uploading')
        .returning('id'),
    )
    .updateTable('uploads')
    .from('alive')
    .whereRef('uploads.version_id', '=', 'alive.id')
    .set({
      received_bytes: receivedBytes,
      growth: growth && JSON.stringify(growth),
      held_until: heldUntil(),
      expires_at: expiry(parts),
      updated_at: sql<Date>`now()`,
    })
    .where('id_hash', '=', hold.idHash)
    .where('hold_token', '=', hold.token)
    .executeTakeFirst()
  return numUpdatedRows > 0n
}
