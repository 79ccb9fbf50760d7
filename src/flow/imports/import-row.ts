import { sql } from 'kysely'
import { notify } from '#database/notifications.ts'
import { ReelmillError } from '#errors/reelmill-error.ts'
import type { Parts } from '../parts.ts'

/** An import of a version that waits for its bytes. */
export interface Import {
  readonly versionId: string
  readonly videoId: string
  readonly url: string
  readonly sourceKey: string
  readonly validator: string | null
  readonly receivedBytes: number
  readonly totalBytes: number | null
}

/** The import, or null when its version waits for bytes no more: it was cancelled, or has them. */
export async function findImport({ database }: Parts, versionId: string): Promise<Import | null> {
  const row = await database
    .selectFrom('imports')
    .innerJoin('versions', 'versions.id', 'imports.version_id')
    .select([
      'versions.id as versionId',
      'versions.video_id as videoId',
      'versions.source_key as sourceKey',
      'imports.url',
      'imports.validator',
      'imports.received_bytes as receivedBytes',
      'imports.total_bytes as totalBytes',
    ])
    .where('versions.id', '=', versionId)
    .where('versions.state', '=', 'uploading')
    .executeTakeFirst()
  return row ?? null
}

type Progress = Pick<Import, 'versionId' | 'videoId' | 'validator' | 'receivedBytes' | 'totalBytes'>

/**
 * Keeps how far an import is, and puts off the sweep of stalled uploads.
 *
 * @throws ReelmillError `cancelled` when the version waits for bytes no more.
 */
export async function noteProgress({ database }: Parts, progress: Progress): Promise<void> {
  const { versionId, videoId, validator, receivedBytes, totalBytes } = progress
  await database.transaction().execute(async (tx) => {
    const waiting = await tx
      .updateTable('versions')
      .set({ updated_at: sql<Date>`now()` })
      .where('id', '=', versionId)
      .where('state', '=', 'uploading')
      .executeTakeFirst()
    if (waiting.numUpdatedRows === 0n) throw new ReelmillError('cancelled')
    await tx
      .updateTable('imports')
      .set({ validator, received_bytes: receivedBytes, total_bytes: totalBytes })
      .where('version_id', '=', versionId)
      .execute()
    await notify(tx, 'video', { videoId })
  })
}
