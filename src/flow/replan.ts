import type { Transaction } from 'kysely'
import type { Tables } from '#database/tables.ts'
import type { ErrorRecord } from '#errors/reelmill-error.ts'
import { advance, type Move } from './advance.ts'
import { countPresent } from './count-fleet.ts'
import { isPieceJob } from './job-kinds/piece.ts'
import { isSoundJob } from './job-kinds/sound.ts'
import type { SettledJob } from './jobs-done.ts'
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
  return replan(parts, tx, versionId, { media: { ...media, access: 'sequential' } })
}

/** What says that runners of whole files do not make what can be joined. */
const unfit: readonly string[] = ['parameter_sets_differ', 'segment_refused', 'result_refused']

/**
 * Sends a version back to planning whose pieces came back so that they cannot be joined, as from
 * runners with another build of the encoder: our own runners, where there are any, make chunks of
 * everything then. False where there are none, or the job was no piece. `tx` holds the version's row.
 */
export async function replanWithoutPieces(
  parts: Parts,
  tx: Transaction<Tables>,
  job: SettledJob,
  { code, message }: ErrorRecord,
): Promise<boolean> {
  const isPiece = isPieceJob(job) || isSoundJob(job)
  if (!isPiece || !unfit.includes(code) || (await countPresent(parts)).own === 0) return false
  const { plan } = await loadVersion(tx, job.version_id)
  if (plan?.kind !== 'chunks') return false
  const piecesUnfit = `What runners of whole files made could not be joined: ${message}`
  return replan(parts, tx, job.version_id, { plan: { ...plan, piecesUnfit } })
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
  found: Pick<Move, 'media' | 'plan'> = {},
): Promise<boolean> {
  const move = { versionId, from: 'encoding', to: 'planning', ...found } as const
  if (!(await advance(parts, tx, move))) return false
  await tx.deleteFrom('jobs').where('version_id', '=', versionId).execute()
  await tx.deleteFrom('tracks').where('version_id', '=', versionId).execute()
  await tx.updateTable('versions').set({ playable_at: null }).where('id', '=', versionId).execute()
  return true
}
