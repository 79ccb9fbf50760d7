import { type Kysely, sql } from 'kysely'
import type { Tables } from '#database/tables.ts'

/**
 * How many jobs each of these runners holds now. Runners that get no work are left out; one that was
 * set aside is not, for its trial may be due (mayTakeJobs decides when it asks).
 */
export async function readLoads(
  database: Kysely<Tables>,
  runnerIds: readonly number[],
): Promise<ReadonlyMap<number, number>> {
  const { rows } = await sql<{ id: number; jobs: number }>`
    select id, (select count(*)::int from jobs
                 where runner_id = runners.id and state = 'processing') as jobs
      from runners where id = any(${runnerIds}) and state in ('active', 'set_aside')`.execute(
    database,
  )
  return new Map(rows.map(({ id, jobs }) => [id, jobs]))
}
