import type { Transaction } from 'kysely'
import type { Tables } from '#database/tables.ts'
import { ReelmillError } from '#errors/reelmill-error.ts'
import { advance, recordEvent } from './advance.ts'
import type { Parts } from './parts.ts'

/** A version whose bytes are all under its source key. */
export interface EndedUpload {
  readonly versionId: string
  readonly sizeBytes: number
}

/**
 * Begins a version's journey, in the caller's transaction. False when it is not waiting for bytes any
 * more: it was cancelled, or somebody else said so first.
 *
 * @throws ReelmillError `video_not_found` when it was deleted meanwhile, `source_empty`.
 */
export async function endUpload(
  parts: Parts,
  tx: Transaction<Tables>,
  { versionId, sizeBytes }: EndedUpload,
): Promise<boolean> {
  if (sizeBytes === 0) throw new ReelmillError('source_empty')
  const { numUpdatedRows } = await tx
    .updateTable('versions')
    .set({ source_bytes: sizeBytes })
    .where('id', '=', versionId)
    .executeTakeFirst()
  if (numUpdatedRows === 0n) throw new ReelmillError('video_not_found')
  const moved = await advance(parts, tx, { versionId, from: 'uploading', to: 'probing' })
  if (moved) await tellUploaded(tx, versionId)
  return moved
}

async function tellUploaded(tx: Transaction<Tables>, versionId: string): Promise<void> {
  const { video_id, number } = await tx
    .selectFrom('versions')
    .select(['video_id', 'number'])
    .where('id', '=', versionId)
    .executeTakeFirstOrThrow()
  await recordEvent(tx, video_id, 'video.uploaded', { version: number })
}
