import { type RawBuilder, sql } from 'kysely'

/**
 * A condition for statements that give out jobs: true while runners may be given any (P-31, P-33). In
 * the statement itself, so that no job is taken after the moment in which a policy changed. It names
 * no row of the statement: the database looks once.
 */
export const jobsAreOffered: RawBuilder<boolean> = sql<boolean>`not exists (
  select from policies
   where (key = 'transcodeEnabled' and lower(value) in ('0', 'false', 'no'))
      or (key = 'terminateAll' and lower(value) in ('1', 'true', 'yes')))`
