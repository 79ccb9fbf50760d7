import type { Transaction } from 'kysely'
import type { Tables } from '#database/tables.ts'
import { createJobs, type NewJob } from '#jobs/create.ts'
import type { JobPayload } from '#jobs/payload.ts'

/**
 * Goes on with what was given out early, under a plan that continues it: chunks that a runner has, or
 * has done, stay; everything else of the plan is ordered now, the sound with it, since of that only a
 * beginning was made; segments that are there already are not replaced. `tx` holds the version's row.
 *
 * @param planned - all jobs of the plan.
 */
export async function continueEarlyWork(
  tx: Transaction<Tables>,
  versionId: string,
  planned: readonly (NewJob & { readonly payload: JobPayload })[],
): Promise<void> {
  const rows = await tx
    .selectFrom('jobs')
    .select(['id', 'state', 'payload'])
    .where('version_id', '=', versionId)
    .forUpdate()
    .execute()
  const kept = new Map<string, number>()
  for (const { id, state, payload } of rows) {
    const key = keyOf(payload as unknown as JobPayload)
    if (key !== null && (state === 'processing' || state === 'completed')) kept.set(key, id)
  }
  const ids = [...kept.values()]
  await tx
    .deleteFrom('jobs')
    .where('version_id', '=', versionId)
    .$if(ids.length > 0, (query) => query.where('id', 'not in', ids))
    .execute()
  const left = planned.filter(({ payload }) => !kept.has(keyOf(payload) ?? ''))
  await createJobs(tx, versionId, left)
}

/** What a job makes of which chunk; null for sound. */
function keyOf(payload: JobPayload): string | null {
  if (payload.type !== 'vod-chunk-encoding') return null
  const names = payload.renditions.map(({ name }) => name)
  return `${payload.chunk.firstFrame} ${names.join(' ')}`
}
