import { type RawBuilder, sql, type Transaction } from 'kysely'
import { notify } from '#database/notifications.ts'
import type { Tables } from '#database/tables.ts'

/** What a job is when it is offered again as if nobody had tried it. */
const reopened = {
  state: 'pending',
  failures: 0,
  progress: 0,
  error: null,
  runner_id: null,
  job_token_hash: null,
  lease_expires_at: null,
  not_before: sql<Date>`now()`,
  result: null,
  started_at: null,
  finished_at: null,
  updated_at: sql<Date>`now()`,
} as const

/** States of jobs that ended without success. */
export const unsuccessfulStates = [
  'errored',
  'cancelled',
  'parent_errored',
  'parent_cancelled',
] as const

/**
 * errored, cancelled and their children → pending, or waiting_for_parent, for every job of a version:
 * an operator's retry (runner protocol 3.2). `tx` holds the version's row.
 */
export async function reopenJobs(tx: Transaction<Tables>, versionId: string): Promise<void> {
  await reopen(tx, sql<number>`select id from jobs where version_id = ${versionId}`)
}

/** The same for one job and all that waits for it. `tx` holds the version's row. */
export async function reopenJob(tx: Transaction<Tables>, jobId: number): Promise<void> {
  await reopen(
    tx,
    sql<number>`
      with recursive tree as (
        select id from jobs where id = ${jobId}
        union
        select jobs.id from jobs join tree on jobs.parent_id = tree.id
      )
      select id from tree`,
  )
}

async function reopen(tx: Transaction<Tables>, ids: RawBuilder<number>): Promise<void> {
  const changed = await tx
    .updateTable('jobs')
    .set(reopened)
    .where(sql<boolean>`id in (${ids})`)
    .where('state', 'in', unsuccessfulStates)
    .returning('id')
    .execute()
  if (changed.length === 0) return
  const changedIds = changed.map(({ id }) => id)
  await waitForParents(tx, changedIds)
  await notify(tx, 'jobs', {})
}

/** What was reopened below a parent that is not done goes back to waiting for it. */
async function waitForParents(tx: Transaction<Tables>, ids: readonly number[]): Promise<void> {
  await tx
    .updateTable('jobs')
    .from('jobs as parents')
    .set({ state: 'waiting_for_parent' })
    .whereRef('parents.id', '=', 'jobs.parent_id')
    .where(sql<boolean>`jobs.id = any(${ids})`)
    .where('jobs.state', '=', 'pending')
    .where('parents.state', '<>', 'completed')
    .execute()
}
