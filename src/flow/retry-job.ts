import { sql, type Transaction } from 'kysely'
import type { JobState, Tables, VersionState } from '#database/tables.ts'
import { ReelmillError } from '#errors/reelmill-error.ts'
import type { JobRow } from '#jobs/job.ts'
import { reopenJob } from '#jobs/reopen.ts'
import type { Parts } from './parts.ts'
import { takeUpAgain } from './retry-video.ts'
import { withLockedJob } from './with-locked-job.ts'

/** In these, work that a version can do without may still be done. */
const goingOn: readonly VersionState[] = ['encoding', 'packaging', 'publishing', 'published']

/**
 * An operator has a job done after all that errored or was cancelled. Where its version failed or was
 * cancelled, that goes on as by `retryVideo`, with all that was not done; else the job alone, and what
 * waits for it, is offered again.
 *
 * @throws ReelmillError `job_not_found`; `job_not_retryable` for a job that is not over or was done,
 * whose parent is the one to be tried, or whose version nobody waits for any more;
 * `video_state_conflict` where the source never came.
 */
export async function retryJob(parts: Parts, uuid: string): Promise<void> {
  await withLockedJob(parts, uuid, async (tx, job) => {
    refuseState(job.state)
    const version = await findVersion(tx, job.version_id)
    if (version.state === 'failed' || version.state === 'cancelled') {
      if (!version.isLatest) refuse('A newer version of its video has taken the place of its own.')
      await takeUpAgain(parts, tx, version)
    } else {
      refuseExtra(job, version)
      await reopenJob(tx, job.id)
    }
  })
}

function refuseState(state: JobState): void {
  if (state === 'errored' || state === 'cancelled') return
  if (state === 'parent_errored' || state === 'parent_cancelled') {
    refuse('It waited for another job: try that one again.')
  }
  refuse(`It is ${state === 'waiting_for_parent' ? 'waiting for another job' : state}.`)
}

function refuseExtra(job: JobRow, { state, isPublished }: FoundVersion): void {
  if (!goingOn.includes(state)) refuse(`Its video is ${state} anew.`)
  if (state === 'published' && !isPublished) {
    refuse('A newer version of its video has taken the place of its own.')
  }
  if (job.required) refuse('Its video was finished without it.')
}

function refuse(sentence: string): never {
  throw new ReelmillError('job_not_retryable', `The job cannot be tried again. ${sentence}`)
}

type FoundVersion = Awaited<ReturnType<typeof findVersion>>

async function findVersion(tx: Transaction<Tables>, versionId: string) {
  return tx
    .selectFrom('versions')
    .innerJoin('videos', 'videos.id', 'versions.video_id')
    .select(['versions.id', 'versions.state', 'versions.plan'])
    .select([
      sql<boolean>`versions.number = videos.latest_version`.as('isLatest'),
      sql<boolean>`versions.number is not distinct from videos.published_version`.as('isPublished'),
    ])
    .where('versions.id', '=', versionId)
    .executeTakeFirstOrThrow()
}
