import type { Kysely, Transaction } from 'kysely'
import type { Tables } from '#database/tables.ts'
import type { JobRow } from './job.ts'

/** The jobs in a runner's hands. Nothing is locked. */
export async function findJobsOfRunner(
  database: Kysely<Tables>,
  runnerId: number,
): Promise<Pick<JobRow, 'id' | 'version_id'>[]> {
  return database
    .selectFrom('jobs')
    .select(['id', 'version_id'])
    .where('runner_id', '=', runnerId)
    .where('state', '=', 'processing')
    .orderBy('id')
    .execute()
}

/** Locks a job that a runner still has in its hands; null when it has not. */
export async function lockJobOfRunner(
  tx: Transaction<Tables>,
  { id, runnerId }: { readonly id: number; readonly runnerId: number },
): Promise<JobRow | null> {
  const job = await tx
    .selectFrom('jobs')
    .selectAll()
    .where('id', '=', id)
    .where('runner_id', '=', runnerId)
    .where('state', '=', 'processing')
    .forUpdate()
    .executeTakeFirst()
  return job ?? null
}
