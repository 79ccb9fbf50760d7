import type { Parts } from '../parts.ts'
import { listPartials, removePartials } from './partial-file.ts'

const startsWithId = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}/

/** Removes what this machine has of files that another fetched to their end, or that nobody wants. */
export async function sweepPartials(parts: Pick<Parts, 'config' | 'database'>): Promise<void> {
  const names = await listPartials(parts)
  const versionIds = [...new Set(names.flatMap((name) => startsWithId.exec(name)?.[0] ?? []))]
  if (versionIds.length === 0) return
  const rows = await parts.database
    .selectFrom('versions')
    .select('id')
    .where('id', 'in', versionIds)
    .where('state', '=', 'uploading')
    .execute()
  const awaited = new Set(rows.map(({ id }) => id))
  for (const versionId of versionIds) {
    if (!awaited.has(versionId)) await removePartials(parts, versionId)
  }
}
