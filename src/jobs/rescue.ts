import { type Kysely, sql, type Transaction } from 'kysely'
import type { Tables } from '#database/tables.ts'
import type { JobRow } from './job.ts'

/** Jobs whose lease is over, longest first; at most a hundred at a time. Nothing is locked. */
export async function findExpiredJobs(
  database: Kysely<Tables>,
): Promise<Pick<JobRow, 'id' | 'version_id'>[]> {
  return database
    .selectFrom('jobs')
    .select(['id', 'version_id'])
    .where('state', '=', 'processing')
    .where('lease_expires_at', '<', sql<Date>`now()`)
    .orderBy('lease_expires_at')
    .limit(100)
    .execute()
}

/**
 * Locks a job whose lease is over, so that it can be failed; null when its runner was heard of
 * meanwhile, or another server was quicker.
 */
export async function lockExpiredJob(tx: Transaction<Tables>, id: number): Promise<JobRow | null> {
  const job = await tx
    .selectFrom('jobs')
    .selectAll()
    .where('id', '=', id)
    .where('state', '=', 'processing')
    .where('lease_expires_at', '<', sql<Date>`now()`)
    .forUpdate()
    .skipLocked()
    .executeTakeFirst()
  return job ?? null
}
