import { type Kysely, sql } from 'kysely'
import type { Tables } from '#database/tables.ts'
import type { SessionLimits } from './find-session.ts'

/** Removes what counts no more: sessions that ended by themselves, and failures long ago. */
export async function sweepPeople(
  database: Kysely<Tables>,
  { idleSeconds, maxSeconds }: SessionLimits,
): Promise<void> {
  await sql`
    delete from sessions
    where seen_at < now() - make_interval(secs => ${idleSeconds})
       or created_at < now() - make_interval(secs => ${maxSeconds})
  `.execute(database)
  await sql`
    delete from login_throttles where last_failed_at < now() - interval '1 day'
  `.execute(database)
}
