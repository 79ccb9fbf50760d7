import { type Kysely, sql } from 'kysely'
import type { Tables } from '#database/tables.ts'

/**
 * How many jobs each of these runners holds now. Runners that are not to be given work are left out;
 * that is decided here for whoever calls runners, and in taking-routes.ts for those who ask.
 */
export async function readLoads(
  database: Kysely<Tables>,
  runnerIds: readonly number[],
): Promise<ReadonlyMap<number, number>> {
  const { rows } = await sql<{ id: number; jobs: number }>`
    select id, (select count(*)::int from jobs
                 where runner_id = runners.id and state = 'processing') as jobs
      from runners where id = any(${runnerIds})`.execute(database)
  return new Map(rows.map(({ id, jobs }) => [id, jobs]))
}
