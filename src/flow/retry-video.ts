import type { Transaction } from 'kysely'
import type { Tables, VersionState } from '#database/tables.ts'
import { ReelmillError } from '#errors/reelmill-error.ts'
import { reopenJobs } from '#jobs/reopen.ts'
import { isEarlyPlan, type KeptPlan, readPlan } from '#stages/planning/plan.ts'
import { advance } from './advance.ts'
import { lockLatestVersion } from './cancel-video.ts'
import { dropEarlyWork } from './early/drop-early-work.ts'
import { importing } from './imports/begin-import.ts'
import { needsJobs } from './jobs-done.ts'
import type { Parts } from './parts.ts'
import { refuseWhileClearing } from './retire-failed.ts'

/**
 * Takes up a failed or cancelled video again: from the jobs that were not completed where it was
 * planned already, so that nothing is encoded twice, else from probing; from fetching its source where
 * that did not arrive.
 *
 * @throws ReelmillError `video_not_found`, or `video_state_conflict` in any other state, and
 * while what was made of it is being removed.
 */
export async function retryVideo(parts: Parts, videoId: string): Promise<void> {
  await parts.database.transaction().execute(async (tx) => {
    await takeUpAgain(parts, tx, await lockLatestVersion(tx, videoId))
  })
}

/** The parts of a version's row that taking it up again needs. */
export interface EndedVersion {
  readonly id: string
  readonly state: VersionState
  readonly plan: Readonly<Record<string, unknown>> | null
}

/**
 * The same for a version that `tx` has locked and that is its video's latest.
 *
 * @throws ReelmillError `video_state_conflict`.
 */
export async function takeUpAgain(
  parts: Parts,
  tx: Transaction<Tables>,
  version: EndedVersion,
): Promise<void> {
  if (version.state !== 'failed' && version.state !== 'cancelled') {
    throw new ReelmillError('video_state_conflict', `The video is ${version.state}.`)
  }
  await refuseWhileClearing(tx, version.id)
  await requireSource(tx, version.id)
  const to = (await forgetBeginning(tx, version))
    ? await chooseResumption(tx, version.id)
    : await chooseBeginning(parts, tx, version.id)
  await advance(parts, tx, { versionId: version.id, from: version.state, to })
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
  { id, plan }: EndedVersion,
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
  await reopenJobs(tx, versionId)
  return (await needsJobs(tx, versionId)) ? 'encoding' : 'packaging'
}
