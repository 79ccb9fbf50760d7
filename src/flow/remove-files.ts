import type { Parts } from './parts.ts'
import type { Version } from './version.ts'

type Kept = Pick<Version, 'video_id' | 'number' | 'prefix' | 'source_key' | 'owns_source'>

/** What to remove of the storage: everything below the prefixes, and the objects. */
export interface Places {
  readonly prefixes: readonly string[]
  readonly keys: readonly string[]
}

/** Where the files of versions lie: their output and their sources, but not those of the application. */
export function placesOf(versions: readonly Kept[]): Places {
  return {
    prefixes: versions.flatMap(({ video_id, number, prefix }) => [
      prefix,
      `sources/${video_id}/${number}/`,
    ]),
    keys: versions.filter(({ owns_source }) => owns_source).map(({ source_key }) => source_key),
  }
}

/** Removes them. Repeatable: what is gone already is no error. */
export async function removeFiles(parts: Parts, { prefixes, keys }: Places): Promise<void> {
  for (const prefix of prefixes) await parts.storage.deleteAll(prefix)
  for (const key of keys) await parts.storage.delete(key)
}

/**
 * After a step that moved nothing on: where the version was deleted while the step ran, what the
 * step wrote after its files were removed goes too, for no row knows of it any more.
 */
export async function removeFilesIfDeleted(
  parts: Parts,
  version: Kept & Pick<Version, 'id'>,
): Promise<void> {
  const row = await parts.database
    .selectFrom('versions')
    .select('id')
    .where('id', '=', version.id)
    .executeTakeFirst()
  if (!row) await removeFiles(parts, placesOf([version]))
}
