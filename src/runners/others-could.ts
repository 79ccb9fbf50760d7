import { type Kysely, sql } from 'kysely'
import type { Tables } from '#database/tables.ts'
import { isOnline } from './presence.ts'

interface Work {
  /** Who is not asked for; null: nobody. */
  readonly besides: number | null
  /** The type of the job; any when left out. */
  readonly type?: string
  /** ffmpeg's names of the encoders that the work needs; none when left out. */
  readonly encoders?: readonly string[]
}

/**
 * Whether another runner could do such work: one that is there, in good standing, has the encoders,
 * and has done a job of that type in the last day. One that only registered, or knows other work, is
 * no reason to hold failures against somebody else.
 */
export async function couldOthersDo(
  database: Kysely<Tables>,
  { besides, type, encoders = [] }: Work,
): Promise<boolean> {
  const row = await database
    .selectFrom('runners')
    .innerJoin('runner_skills', 'runner_skills.runner_id', 'runners.id')
    .select('id')
    .where('state', '=', 'active')
    .where('id', 'is distinct from', besides)
    .where('last_success_at', '>', sql<Date>`now() - interval '1 day'`)
    .$if(type !== undefined, (runners) => runners.where('job_type', '=', type ?? ''))
    .where(isOnline)
    .where(sql<boolean>`${JSON.stringify(encoders)}::jsonb <@ coalesce(encoders, '[]')`)
    .limit(1)
    .executeTakeFirst()
  return row !== undefined
}
