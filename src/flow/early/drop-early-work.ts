import type { Transaction } from 'kysely'
import type { Tables } from '#database/tables.ts'
import type { Plan } from '#stages/planning/plan.ts'
import type { Parts } from '../parts.ts'

/**
 * Forgets what was made of a source while it was arriving: what the whole file says is another story,
 * or nobody waits for it. Viewers see it begin anew. `tx` holds the version's row.
 */
export async function dropEarlyWork(tx: Transaction<Tables>, versionId: string): Promise<void> {
  await tx.deleteFrom('jobs').where('version_id', '=', versionId).execute()
  await tx.deleteFrom('tracks').where('version_id', '=', versionId).execute()
  await tx.updateTable('versions').set({ playable_at: null }).where('id', '=', versionId).execute()
}

/**
 * Orders the removal of the files that the new plan will not write anew. To be called before the rows
 * go. The others are left to be replaced: who removes them later could meet the new ones.
 */
export async function removeStaleFiles(
  { queue }: Parts,
  tx: Transaction<Tables>,
  version: { readonly id: string; readonly prefix: string },
  plan: Plan,
): Promise<void> {
  const tracks = await tx
    .selectFrom('tracks')
    .select('name')
    .where('version_id', '=', version.id)
    .execute()
  const segments = await tx
    .selectFrom('segments')
    .select(['track', 'number'])
    .where('version_id', '=', version.id)
    .execute()
  const isWritten = foresee(plan)
  const paths = [
    ...tracks.filter(({ name }) => !isWritten(name, 0)).map(({ name }) => `${name}/init.mp4`),
    ...segments
      .filter(({ track, number }) => !isWritten(track, number))
      .map(({ track, number }) => `${track}/${number}.m4s`),
  ]
  if (paths.length === 0) return
  const keys = paths.map((path) => version.prefix + path)
  await queue.enqueue(tx, 'removing', { prefixes: [], keys })
}

/** Tells which segments a plan makes. */
function foresee(plan: Plan): (track: string, number: number) => boolean {
  if (plan.kind !== 'chunks') return () => false
  const names = new Set([...plan.video, ...plan.audio].map(({ name }) => name))
  const { frames = null, segmentFrames = 1 } = plan.grid ?? {}
  const total = frames === null ? Number.POSITIVE_INFINITY : Math.ceil(frames / segmentFrames)
  return (track, number) => names.has(track) && number < total
}
