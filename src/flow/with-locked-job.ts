import type { Transaction } from 'kysely'
import type { Tables } from '#database/tables.ts'
import { ReelmillError } from '#errors/reelmill-error.ts'
import type { JobRow } from '#jobs/job.ts'
import { lockVersion } from './lock-version.ts'
import type { Parts } from './parts.ts'

/**
 * Changes a job, in whatever state, in a transaction that holds its version's row and its own: the
 * version first, then the job, the order of locks (ARCHITECTURE.md).
 *
 * @throws ReelmillError `job_not_found`.
 */
export async function withLockedJob(
  parts: Parts,
  uuid: string,
  change: (tx: Transaction<Tables>, job: JobRow) => Promise<void>,
): Promise<void> {
  const found = await parts.database
    .selectFrom('jobs')
    .select('version_id')
    .where('uuid', '=', uuid)
    .executeTakeFirst()
  if (!found) throw new ReelmillError('job_not_found')
  await parts.database.transaction().execute(async (tx) => {
    await lockVersion(tx, found.version_id)
    const job = await tx
      .selectFrom('jobs')
      .selectAll()
      .where('uuid', '=', uuid)
      .forUpdate()
      .executeTakeFirst()
    if (!job) throw new ReelmillError('job_not_found')
    await change(tx, job)
  })
}
