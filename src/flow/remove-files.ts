import { sql } from 'kysely'
import type { Parts } from './parts.ts'
import type { Version } from './version.ts'

type Row = Pick<Version, 'video_id' | 'number' | 'prefix' | 'source_key' | 'owns_source'>

interface Kept extends Row {
  /** Below the prefix, where only these are ours; null: all of it is. */
  readonly paths: readonly string[] | null
}

/**
 * The columns of `versions` for `placesOf`. The folder of a video that was published elsewhere is the
 * application's, with files of its own: of it only what has a row goes.
 */
export const keptColumns = [
  'versions.video_id',
  'versions.number',
  'versions.prefix',
  'versions.source_key',
  'versions.owns_source',
  sql<string[] | null>`case when versions.elsewhere is not null then
    array(select path from files where files.version_id = versions.id) end`.as('paths'),
] as const

/** What to remove of the storage: everything below the prefixes, and the objects. */
export interface Places {
  readonly prefixes: readonly string[]
  readonly keys: readonly string[]
}

/** Where the files of versions lie: their output and their sources, but not those of the application. */
export function placesOf(versions: readonly Kept[]): Places {
  return {
    prefixes: versions.flatMap(({ video_id, number, prefix, paths }) => [
      ...(paths === null ? [prefix] : []),
      `sources/${video_id}/${number}/`,
    ]),
    keys: versions.flatMap(({ prefix, paths, owns_source, source_key }) => [
      ...(paths ?? []).map((path) => prefix + path),
      ...(owns_source ? [source_key] : []),
    ]),
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
  version: Row & Pick<Version, 'id'>,
): Promise<void> {
  const row = await parts.database
    .selectFrom('versions')
    .select('id')
    .where('id', '=', version.id)
    .executeTakeFirst()
  // What is published elsewhere goes through no step.
  if (!row) await removeFiles(parts, placesOf([{ ...version, paths: null }]))
}
