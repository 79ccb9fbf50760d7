import type { Transaction } from 'kysely'
import type { Tables } from '#database/tables.ts'
import { cancelJobs } from '#jobs/cancel.ts'
import { advance } from './advance.ts'
import type { Parts } from './parts.ts'
import { loadVersion } from './version.ts'

/**
 * Sends a version that is being encoded back to planning, to be read from the start in one chunk:
 * what was counted beforehand was not there. False when it was read that way already.
 */
export async function replanSequentially(
  parts: Parts,
  tx: Transaction<Tables>,
  versionId: string,
): Promise<boolean> {
  const { media } = await loadVersion(tx, versionId)
  if (!media || media.access === 'sequential') return false
  await cancelJobs(tx, versionId)
  await tx.deleteFrom('tracks').where('version_id', '=', versionId).execute()
  return advance(parts, tx, {
    versionId,
    from: 'encoding',
    to: 'planning',
    media: { ...media, access: 'sequential' },
  })
}
