import { sql, type Transaction } from 'kysely'
import { notify } from '#database/notifications.ts'
import type { Tables } from '#database/tables.ts'
import { ReelmillError } from '#errors/reelmill-error.ts'
import { isEarlyPlan, type KeptPlan, readPlan } from '#stages/planning/plan.ts'
import { advance } from './advance.ts'
import { lockLatestVersion } from './cancel-video.ts'
import { dropEarlyWork } from './early/drop-early-work.ts'
import { importing } from './imports/begin-import.ts'
import { needsJobs } from './jobs-done.ts'
import type { Parts } from './parts.ts'

/**
 * Takes up a failed or cancelled video again: from the jobs that were not completed where it was
 * planned already, so that nothing is encoded twice, else from probing; from fetching its source where
 * that did not arrive.
 *
 * @throws ReelmillError `video_not_found`, or `video_state_conflict` in any other state.
 */
export async function retryVideo(parts: Parts, videoId: string): Promise<void> {
  await parts.database.transaction().execute(async (tx) => {
    const version = await lockLatestVersion(tx, videoId)
    if (version.state !== 'failed' && version.state !== 'cancelled') {
      throw new ReelmillError('video_state_conflict', `The video is ${version.state}.`)
    }
    await requireSource(tx, version.id)
    const to = (await forgetBeginning(tx, version))
      ? await chooseResumption(tx, version.id)
      : await chooseBeginning(parts, tx, version.id)
    await advance(parts, tx, { versionId: version.id, from: version.state, to })
  })
}

/** The bytes of an upload that was cancelled in the middle are gone. */
async function requireSource(tx: Transaction<Tables>, versionId: string): Promise<void> {
  const cutOff = await tx
    .selectFrom('uploads')
    .select('id_hash')
    .where('version_id', '=', versionId)
    .where('finished_at', 'is', null)
    .executeTakeFirst()
  if (cutOff) throw new ReelmillError('video_state_conflict', 'Its upload did not come to its end.')
}

/** Probing, or the import again whose file never came. */
async function chooseBeginning(
  parts: Parts,
  tx: Transaction<Tables>,
  versionId: string,
): Promise<'probing' | 'uploading'> {
  const unfinished = await tx
    .selectFrom('imports')
    .innerJoin('versions', 'versions.id', 'imports.version_id')
    .select('versions.id')
    .where('versions.id', '=', versionId)
    .where('versions.source_bytes', 'is', null)
    .executeTakeFirst()
  if (!unfinished) return 'probing'
  await parts.queue.enqueue(tx, importing, { versionId })
  return 'uploading'
}

/** Forgets work on a beginning that ended before the whole was looked at; whether a plan is left. */
async function forgetBeginning(
  tx: Transaction<Tables>,
  { id, plan }: Awaited<ReturnType<typeof lockLatestVersion>>,
): Promise<boolean> {
  if (!plan || !isEarlyPlan(readPlan(plan as unknown as KeptPlan))) return plan !== null
  await dropEarlyWork(tx, id)
  return false
}

/**
 * Jobs that ended without success are offered again; when the version waits for none of them,
 * packaging is next: one that it can do without may wait for a runner that never comes.
 */
async function chooseResumption(
  tx: Transaction<Tables>,
  versionId: string,
): Promise<'encoding' | 'packaging' | 'probing'> {
  const jobs = await tx
    .selectFrom('jobs')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('version_id', '=', versionId)
    .executeTakeFirstOrThrow()
  if (jobs.count === 0) return 'probing'
  const reopened = await tx
    .updateTable('jobs')
    .set({
      state: 'pending',
      failures: 0,
      progress: 0,
      error: null,
      runner_id: null,
      job_token_hash: null,
      lease_expires_at: null,
      not_before: sql<Date>`now()`,
      result: null,
      finished_at: null,
      updated_at: sql<Date>`now()`,
    })
    .where('version_id', '=', versionId)
    .where('state', 'in', ['errored', 'cancelled', 'parent_errored', 'parent_cancelled'])
    .executeTakeFirst()
  if (reopened.numUpdatedRows > 0n) {
    await waitForParents(tx, versionId)
    await notify(tx, 'jobs', {})
  }
  return (await needsJobs(tx, versionId)) ? 'encoding' : 'packaging'
}

/** What was reopened below a parent that is not done goes back to waiting for it. */
async function waitForParents(tx: Transaction<Tables>, versionId: string): Promise<void> {
  await tx
    .updateTable('jobs')
    .from('jobs as parents')
    .set({ state: 'waiting_for_parent' })
    .whereRef('parents.id', '=', 'jobs.parent_id')
    .where('jobs.version_id', '=', versionId)
    .where('jobs.state', '=', 'pending')
    .where('parents.state', '<>', 'completed')
    .execute()
}
