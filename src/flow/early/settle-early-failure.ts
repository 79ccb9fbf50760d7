import { sql, type Transaction } from 'kysely'
import { notify } from '#database/notifications.ts'
import type { Tables } from '#database/tables.ts'
import type { ErrorRecord } from '#errors/reelmill-error.ts'
import type { JobRow } from '#jobs/job.ts'
import { putBack } from '#jobs/put-back.ts'
import type { Parts } from '../parts.ts'
import { stopEarlyWork } from './stop-early-work.ts'

/**
 * A job that was given out early failed: whatever its runner says, the reason may be that the source
 * was not there as a whole. So it speaks against nobody. While bytes still come, the job goes, nothing
 * more is given out early, and its part of the film is ordered at the end; when they are all there, it
 * is offered again like any other. `tx` holds the version's row and the job's.
 */
export async function settleEarlyFailure(
  { log }: Parts,
  tx: Transaction<Tables>,
  job: JobRow,
  error: ErrorRecord,
): Promise<void> {
  log.info({ job: job.uuid, label: job.label, error }, 'a job failed that was given out early')
  const isArriving = await stopEarlyWork(tx, job.version_id, `A job failed: ${error.message}`)
  if (isArriving) {
    await tx.deleteFrom('jobs').where('id', '=', job.id).execute()
    return
  }
  await tx
    .updateTable('jobs')
    .set({ ...putBack, private_payload: sql<string>`private_payload - 'early' - 'sourceKey'` })
    .where('id', '=', job.id)
    .execute()
  await notify(tx, 'jobs', {})
}
