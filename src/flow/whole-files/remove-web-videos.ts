import type { Transaction } from 'kysely'
import type { Tables } from '#database/tables.ts'
import type { Parts } from '../parts.ts'
import type { Version } from '../version.ts'

/**
 * Where only HLS is wanted, the web video that came first goes when its HLS file is there (runner
 * protocol 6.5): its row now, its bytes after `tx`. The source stays.
 */
export async function removeWebVideos(
  parts: Parts,
  tx: Transaction<Tables>,
  { id, prefix }: Version,
): Promise<void> {
  const removed = await tx
    .deleteFrom('files')
    .where('version_id', '=', id)
    .where('kind', '=', 'web-video')
    .returning('path')
    .execute()
  if (removed.length === 0) return
  await parts.queue.enqueue(tx, 'removing', { prefixes: removed.map(({ path }) => prefix + path) })
}
