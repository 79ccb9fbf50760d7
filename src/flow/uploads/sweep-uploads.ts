import { sql } from 'kysely'
import { ReelmillError } from '#errors/reelmill-error.ts'
import type { Parts } from '../parts.ts'
import { tryHold } from './hold-upload.ts'
import { removeSource } from './open-source.ts'
import { requireOpen } from './require-open.ts'
import { sweepSpool } from './sweep-spool.ts'

/** An uploader who comes back late is told so for that long; then the upload is unknown. */
const rememberedForHours = 24

/**
 * Completes uploads whose last byte is there and whose server died before it said so, removes the
 * bytes of those whose video was cancelled, and forgets those that ended. What expires is given up
 * with its version (sweep.ts).
 */
export async function sweepUploads(parts: Parts): Promise<void> {
  await finishStranded(parts)
  await removeUnwanted(parts)
  await sweepSpool(parts)
  await parts.database
    .deleteFrom('uploads')
    .where('expires_at', '<', sql<Date>`now() - make_interval(hours => ${rememberedForHours})`)
    .where((where) =>
      where.or([where('version_id', 'is', null), where('finished_at', 'is not', null)]),
    )
    .execute()
}

async function finishStranded(parts: Parts): Promise<void> {
  const stranded = await parts.database
    .selectFrom('uploads')
    .innerJoin('versions', 'versions.id', 'uploads.version_id')
    .select('id_hash')
    .where('finished_at', 'is', null)
    .whereRef('received_bytes', '=', 'length_bytes')
    .where('versions.state', '=', 'uploading')
    .execute()
  for (const { id_hash } of stranded) {
    const held = await tryHold(parts, id_hash)
    if (!held) continue
    try {
      await requireOpen(parts, held.hold, held.upload)
    } catch (error) {
      // It was cancelled a moment ago, which is an answer; anything else is tried again, and keeps
      // no other upload waiting.
      if (error instanceof ReelmillError && error.code === 'upload_gone') continue
      parts.log.warn({ err: error, key: held.upload.sourceKey }, 'an upload could not be finished')
    } finally {
      await held.hold.release()
    }
  }
}

/** Once for each: what expired is not looked at again. */
async function removeUnwanted(parts: Parts): Promise<void> {
  const unwanted = await parts.database
    .updateTable('uploads')
    .from('versions')
    .whereRef('versions.id', '=', 'uploads.version_id')
    .set({ expires_at: sql<Date>`now()` })
    .where('versions.state', '<>', 'uploading')
    .where('finished_at', 'is', null)
    .where('expires_at', '>', sql<Date>`now()`)
    .returning(['uploads.id_hash as idHash', 'uploads.source_key as sourceKey', 'uploads.growth'])
    .execute()
  for (const upload of unwanted) await removeSource(parts, upload)
}

/** Under which keys uploads grow that can still be gone on with. */
export async function listGrowingKeys({ database }: Parts): Promise<ReadonlySet<string>> {
  const rows = await database
    .selectFrom('uploads')
    .select('source_key')
    .where('finished_at', 'is', null)
    .where('version_id', 'is not', null)
    .execute()
  return new Set(rows.map(({ source_key }) => source_key))
}
