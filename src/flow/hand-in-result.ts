import { ReelmillError } from '#errors/reelmill-error.ts'
import { beginCompleting } from '#jobs/begin-completing.ts'
import { findHeldJob } from '#jobs/find.ts'
import { lockJob } from '#jobs/hold.ts'
import type { JobCredentials, JobRow } from '#jobs/job.ts'
import { type StagedFile, type StagedResult, stagingPrefix } from '#jobs/result.ts'
import type { CompletingData } from './complete-job.ts'
import { findJobKind } from './job-kinds/job-kinds.ts'
import type { Parts } from './parts.ts'

/** A file of a result as it came in; the caller removes what is not taken over. */
export interface ReceivedFile {
  readonly path: string
  readonly filename: string
}

export interface ReceivedResult {
  /** By their names in `payload[…]`. */
  readonly files: ReadonlyMap<string, ReceivedFile>
  readonly fields: Readonly<Record<string, string>>
}

/**
 * A runner finished a whole-file job: its files are kept, and the job becomes `completing` together
 * with the step that looks at them. Saying so twice, or late, has effect once (WD2, U131).
 *
 * @throws ReelmillError `result_incomplete` when a file or text is missing (nothing changes);
 * `runner_job_not_found`, `runner_job_not_in_processing_state`.
 */
export async function handInResult(
  parts: Parts,
  credentials: JobCredentials,
  received: ReceivedResult,
): Promise<void> {
  const job = await findHeldJob(parts.database, credentials)
  if (isTaken(job)) return
  if (job.state !== 'processing') throw new ReelmillError('runner_job_not_in_processing_state')
  refuseIncomplete(job, received)
  const result = await stage(parts, job, received)
  const isOurs = await parts.database.transaction().execute(async (tx) => {
    const locked = await lockJob(tx, credentials)
    if (isTaken(locked)) return false
    await beginCompleting(tx, locked, result)
    const data: CompletingData = { jobId: locked.id, uuid: locked.uuid }
    await parts.queue.enqueue(tx, 'completing', data)
    return true
  })
  if (!isOurs) await removeStaged(parts, result)
}

function isTaken({ state }: JobRow): boolean {
  return state === 'completing' || state === 'completed'
}

function refuseIncomplete(job: JobRow, { files, fields }: ReceivedResult): void {
  const kind = findJobKind(job)
  const missing = [
    ...kind.files.filter((name) => !files.has(name)),
    ...kind.fields.filter((name) => !fields[name]),
  ]
  if (missing.length === 0) return
  throw new ReelmillError('result_incomplete', `Missing of the result: ${missing.join(', ')}.`)
}

/** Under names of this very call, so that two that are told at once do not touch each other's. */
async function stage(parts: Parts, job: JobRow, received: ReceivedResult): Promise<StagedResult> {
  const call = crypto.randomUUID()
  const files: Record<string, StagedFile> = {}
  for (const [name, { path, filename }] of received.files) {
    const key = `${stagingPrefix(job.uuid)}${call}/${name}`
    const { sizeBytes } = await parts.storage.putFile(key, path)
    files[name] = { key, filename, sizeBytes }
  }
  return { files, fields: received.fields }
}

async function removeStaged(parts: Parts, { files }: StagedResult): Promise<void> {
  for (const { key } of Object.values(files)) await parts.storage.delete(key)
}
