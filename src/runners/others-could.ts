import { type Kysely, sql } from 'kysely'
import type { Tables } from '#database/tables.ts'
import { isOnline } from './presence.ts'

interface Work {
  /** Who is not asked for; null: nobody. */
  readonly besides: number | null
  /** ffmpeg's names of the encoders that the work needs. */
  readonly encoders: readonly string[]
}

/**
 * Whether another runner could do such work: one that is there, in good standing, has the encoders,
 * and has shown in the last day that it can work at all. One that only registered is no reason to
 * hold failures against somebody else.
 */
export async function couldOthersDo(
  database: Kysely<Tables>,
  { besides, encoders }: Work,
): Promise<boolean> {
  const row = await database
    .selectFrom('runners')
    .select('id')
    .where('state', '=', 'active')
    .where('id', 'is distinct from', besides)
    .where('last_success_at', '>', sql<Date>`now() - interval '1 day'`)
    .where(isOnline)
    .where(sql<boolean>`${JSON.stringify(encoders)}::jsonb <@ coalesce(encoders, '[]')`)
    .limit(1)
    .executeTakeFirst()
  return row !== undefined
}
