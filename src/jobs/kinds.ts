import { type RawBuilder, sql } from 'kysely'
import { jobsAreOffered } from '#policies/jobs-are-offered.ts'

/**
 * A common table `kinds (type, encoders)`: of every kind of job that waits, one row; none while a
 * policy holds all jobs back. Each is one step
 * along `jobs_pending_by_kind`, so it costs the same with ten jobs and with a million.
 */
export const kindsOfPendingJobs: RawBuilder<unknown> = sql`
  recursive kinds as (
    (select type, encoders from jobs where state = 'pending' and ${jobsAreOffered}
      order by type, encoders limit 1)
    union all
    select next.* from kinds, lateral (
      select type, encoders from jobs
       where state = 'pending' and (type, encoders) > (kinds.type, kinds.encoders)
       order by type, encoders limit 1) next)`
