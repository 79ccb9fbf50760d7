import { sql } from 'kysely'
import type { Parts } from '../parts.ts'
import type { Hold } from './hold-upload.ts'

/** Writes down the length of an upload whose uploader did not know it before. */
export async function tellLength(parts: Parts, hold: Hold, lengthBytes: number): Promise<void> {
  await parts.database
    .updateTable('uploads')
    .set({ length_bytes: lengthBytes, updated_at: sql<Date>`now()` })
    .where('id_hash', '=', hold.idHash)
    .where('hold_token', '=', hold.token)
    .where('length_bytes', 'is', null)
    .execute()
}
