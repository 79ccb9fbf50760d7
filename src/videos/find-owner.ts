import type { Kysely } from 'kysely'
import type { Tables } from '#database/tables.ts'
import type { Owned } from '#people/rights.ts'

/** Whose a video is and who may see it, or null when there is none. `id` must be a UUID. */
export async function findOwner(database: Kysely<Tables>, id: string): Promise<Owned | null> {
  const row = await database
    .selectFrom('videos')
    .select(['owner_id as ownerId', 'visibility'])
    .where('id', '=', id)
    .executeTakeFirst()
  return row ?? null
}
