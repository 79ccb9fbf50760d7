import type { Transaction } from 'kysely'
import type { Tables } from '#database/tables.ts'
import type { MediaInfo } from '#media/probe/media-info.ts'
import { advance } from './advance.ts'
import type { Parts } from './parts.ts'
import { loadVersion } from './version.ts'

/**
 * Sends a version that is being encoded back to planning, to be read from the start in one chunk:
 * what was counted beforehand was not there. False when it was read that way already, or is not
 * being encoded any more. `tx` holds the version's row.
 */
export async function replanSequentially(
  parts: Parts,
  tx: Transaction<Tables>,
  versionId: string,
): Promise<boolean> {
  const { media } = await loadVersion(tx, versionId)
  if (!media || media.access === 'sequential') return false
  return replan(parts, tx, versionId, { ...media, access: 'sequential' })
}

/**
 * Sends a version that is being encoded back to planning. The jobs of the old plan go with it, for
 * one that errored would keep the version from ever being done, and a retry would offer the others
 * again. False when it is not being encoded any more. `tx` holds the version's row.
 */
export async function replan(
  parts: Parts,
  tx: Transaction<Tables>,
  versionId: string,
  media?: MediaInfo,
): Promise<boolean> {
  const move = { versionId, from: 'encoding', to: 'planning', ...(media ? { media } : {}) } as const
  if (!(await advance(parts, tx, move))) return false
  await tx.deleteFrom('jobs').where('version_id', '=', versionId).execute()
  await tx.deleteFrom('tracks').where('version_id', '=', versionId).execute()
  await tx.updateTable('versions').set({ playable_at: null }).where('id', '=', versionId).execute()
  return true
}
