import { sql, type Transaction } from 'kysely'
import { notify } from '#database/notifications.ts'
import type { JobState, Tables } from '#database/tables.ts'

/**
 * waiting_for_parent → pending for the children of a job that was completed. No other state is
 * touched: a child that was cancelled stays so (runner protocol 3.2; WD2). Returns how many.
 */
export async function releaseChildren(tx: Transaction<Tables>, jobId: number): Promise<number> {
  const { numUpdatedRows } = await tx
    .updateTable('jobs')
    .set({ state: 'pending', not_before: sql`now()`, updated_at: sql`now()` })
    .where('parent_id', '=', jobId)
    .where('state', '=', 'waiting_for_parent')
    .executeTakeFirst()
  if (numUpdatedRows > 0n) await notify(tx, 'jobs', {})
  return Number(numUpdatedRows)
}

const fates: Readonly<
  Record<'errored' | 'cancelled', { readonly state: JobState; readonly sentence: string }>
> = {
  errored: { state: 'parent_errored', sentence: 'The job that it waited for failed.' },
  cancelled: { state: 'parent_cancelled', sentence: 'The job that it waited for was cancelled.' },
}

/**
 * waiting_for_parent → parent_errored or parent_cancelled for all that wait for a job, directly or
 * through others (runner protocol 3.2; D-56, D-93). Returns how many.
 */
export async function endDescendants(
  tx: Transaction<Tables>,
  jobId: number,
  fate: keyof typeof fates,
): Promise<number> {
  const { state, sentence } = fates[fate]
  const error = JSON.stringify({ code: 'parent_ended', message: sentence })
  const { numAffectedRows = 0n } = await sql`
    with recursive descendants as (
      select id from jobs where parent_id = ${jobId}
      union
      select jobs.id from jobs join descendants on jobs.parent_id = descendants.id
    )
    update jobs set state = ${state}, error = ${error}::jsonb,
                    finished_at = now(), updated_at = now()
    from descendants
    where jobs.id = descendants.id and jobs.state = 'waiting_for_parent'`.execute(tx)
  return Number(numAffectedRows)
}
