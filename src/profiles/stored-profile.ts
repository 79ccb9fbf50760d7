import { type Kysely, type Selectable, sql } from 'kysely'
import type { ProfileTables } from '#database/profile-tables.ts'
import type { Tables } from '#database/tables.ts'

/** A version of a profile that was saved while the server ran. */
export interface StoredProfile {
  readonly name: string
  /** From 1. */
  readonly version: number
  /** JSON, as it was saved. */
  readonly body: string
  readonly note: string | null
  readonly createdBy: string | null
  readonly createdAt: Date
  /** When the profile was deleted; null of what holds or held. */
  readonly retiredAt: Date | null
}

/**
 * The version of a profile that holds: the newest, unless the profile was deleted. null where there is
 * none. `evenRetired`: also of a deleted profile, for the videos that have it.
 */
export async function findStored(
  database: Kysely<Tables>,
  name: string,
  { evenRetired = false }: { readonly evenRetired?: boolean } = {},
): Promise<StoredProfile | null> {
  const row = await database
    .selectFrom('profiles')
    .selectAll()
    .where('name', '=', name)
    .$if(!evenRetired, (query) => query.where('retired_at', 'is', null))
    .orderBy('version', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row ? toStored(row) : null
}

/** The versions that hold, of all profiles that were saved and not deleted, by their names. */
export async function listStored(database: Kysely<Tables>): Promise<StoredProfile[]> {
  const rows = await database
    .selectFrom('profiles')
    .distinctOn('name')
    .selectAll()
    .where('retired_at', 'is', null)
    .orderBy('name')
    .orderBy('version', 'desc')
    .execute()
  return rows.map(toStored)
}

/** All versions of a profile, from the newest; those of before it was deleted too. */
export async function listVersions(
  database: Kysely<Tables>,
  name: string,
): Promise<StoredProfile[]> {
  const rows = await database
    .selectFrom('profiles')
    .selectAll()
    .where('name', '=', name)
    .orderBy('version', 'desc')
    .execute()
  return rows.map(toStored)
}

/** How many videos have each profile. */
export async function countVideos(database: Kysely<Tables>): Promise<ReadonlyMap<string, number>> {
  const rows = await database
    .selectFrom('videos')
    .select(['profile', sql<number>`count(*)::int`.as('videos')])
    .groupBy('profile')
    .execute()
  return new Map(rows.map(({ profile, videos }) => [profile, videos]))
}

/** The row as what it is. */
export function toStored(row: Selectable<ProfileTables['profiles']>): StoredProfile {
  return {
    name: row.name,
    version: row.version,
    body: row.body,
    note: row.note,
    createdBy: row.created_by,
    createdAt: row.created_at,
    retiredAt: row.retired_at,
  }
}
