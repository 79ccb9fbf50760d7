import type { Parts } from './parts.ts'
import type { Version } from './version.ts'

type Place = Pick<Version, 'video_id' | 'number' | 'prefix'>

/** Where the files of a version lie: its output and its source. */
export function foldersOf({ video_id, number, prefix }: Place): string[] {
  return [prefix, `sources/${video_id}/${number}/`]
}

/** Removes everything below the prefixes. Repeatable: what is gone already is no error. */
export async function removeFiles(parts: Parts, prefixes: readonly string[]): Promise<void> {
  for (const prefix of prefixes) await parts.storage.deleteAll(prefix)
}

/**
 * After a step that moved nothing on: where the version was deleted while the step ran, what the
 * step wrote after its files were removed goes too, for no row knows of it any more.
 */
export async function removeFilesIfDeleted(
  parts: Parts,
  version: Place & { readonly id: string },
): Promise<void> {
  const row = await parts.database
    .selectFrom('versions')
    .select('id')
    .where('id', '=', version.id)
    .executeTakeFirst()
  if (!row) await removeFiles(parts, foldersOf(version))
}
