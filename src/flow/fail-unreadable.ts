import type { ReelmillError } from '#errors/reelmill-error.ts'
import type { JobRow } from '#jobs/job.ts'
import { lockJobOfRunner } from '#jobs/of-runner.ts'
import { lockVersion } from './lock-version.ts'
import type { Parts } from './parts.ts'
import { settleFailure } from './settle.ts'

/**
 * The server itself could not make a job's input of its source: that is the media's fault, whoever
 * asks next. The job ends with the reason, or the version is planned again where that helps; its
 * runner is not to blame, and could tell no more than that a download failed.
 */
export async function failUnreadable(
  parts: Parts,
  { id, version_id, runner_id: runnerId }: JobRow,
  { code, message, details }: ReelmillError,
): Promise<void> {
  await parts.database.transaction().execute(async (tx) => {
    await lockVersion(tx, version_id)
    const job = runnerId === null ? null : await lockJobOfRunner(tx, { id, runnerId })
    if (job) await settleFailure(parts, tx, job, { code, message, details })
  })
}
