import type { Kysely } from 'kysely'
import type { Tables } from '#database/tables.ts'

/** The videos that jobs are about, by the id of the version. */
export async function findVideoIds(
  database: Kysely<Tables>,
  jobs: readonly { readonly version_id: string }[],
): Promise<ReadonlyMap<string, string>> {
  const versionIds = [...new Set(jobs.map(({ version_id }) => version_id))]
  if (versionIds.length === 0) return new Map()
  const rows = await database
    .selectFrom('versions')
    .select(['id', 'video_id'])
    .where('id', 'in', versionIds)
    .execute()
  return new Map(rows.map(({ id, video_id }) => [id, video_id]))
}
