import { sql } from 'kysely'
import type { Fleet } from '#stages/planning/share-renditions.ts'
import type { Parts } from './parts.ts'

/** Runners that were heard of within this time count as there. */
const presentSeconds = 120

/**
 * The runners that may share the work on a video, by their kinds. Where none is there yet, one of
 * ours is expected.
 */
export async function countFleet(parts: Parts): Promise<Fleet> {
  const fleet = await countPresent(parts)
  return fleet.own === 0 && fleet.stock === 0 ? { own: 1, slots: 1, stock: 0 } : fleet
}

/** The same, of those that are there: who tells its encoders knows chunks. */
export async function countPresent({ database, config }: Parts): Promise<Fleet> {
  const heardOf = sql<Date>`greatest(last_contact_at, socket_seen_at)`
  const { own, slots, stock } = await database
    .selectFrom('runners')
    .select([
      sql<number>`count(*) filter (where encoders is not null)`.as('own'),
      // A local runner that has yet to say what it can is of ours all the same.
      sql<number>`coalesce(sum(slots) filter (where encoders is not null or local), 0)`.as('slots'),
      sql<number>`count(*) filter (where encoders is null and not local)`.as('stock'),
    ])
    .where('state', '=', 'active')
    .where(heardOf, '>', sql<Date>`now() - make_interval(secs => ${presentSeconds})`)
    .executeTakeFirstOrThrow()
  return { own: Math.max(config.runners, own), slots: Math.max(config.runners, slots), stock }
}
