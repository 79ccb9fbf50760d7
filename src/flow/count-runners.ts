import { sql } from 'kysely'
import type { Parts } from './parts.ts'

/** Runners that were heard of within this time count as there. */
const presentSeconds = 120

/** How many runners may share the work on a video, at least 1. */
export async function countRunners(parts: Parts): Promise<number> {
  const { count } = await parts.database
    .selectFrom('runners')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('encoders', 'is not', null)
    .where('state', '=', 'active')
    .where('last_contact_at', '>', sql<Date>`now() - make_interval(secs => ${presentSeconds})`)
    .executeTakeFirstOrThrow()
  return Math.max(1, parts.config.runners, count)
}
