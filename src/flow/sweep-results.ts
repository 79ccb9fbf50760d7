import { readStagingKey, stagingRoot } from '#jobs/result.ts'
import type { Parts } from './parts.ts'

/** Longer than any call takes to put its files into the storage. */
const keptMs = 24 * 3_600_000

/**
 * Removes results that nobody will look at: a server died after it had put them into the storage and
 * before the job knew of them. What the server looks at, or is about to, stays however old it is.
 */
export async function sweepResults(
  { database, storage }: Pick<Parts, 'database' | 'storage'>,
  now: Date = new Date(),
): Promise<void> {
  const stale = new Map<string, string>()
  for await (const { key, modifiedAt } of storage.list(stagingRoot)) {
    const place = readStagingKey(key)
    if (place && now.getTime() - modifiedAt.getTime() > keptMs)
      stale.set(place.folder, place.jobUuid)
  }
  if (stale.size === 0) return
  const rows = await database
    .selectFrom('jobs')
    .select('uuid')
    .where('uuid', 'in', [...stale.values()])
    .where('state', '=', 'completing')
    .execute()
  const awaited = new Set(rows.map(({ uuid }) => uuid))
  for (const [folder, jobUuid] of stale) {
    if (!awaited.has(jobUuid)) await storage.deleteAll(folder)
  }
}
