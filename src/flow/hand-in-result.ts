import { outlastOutage } from '#database/outlast-outage.ts'
import { ReelmillError } from '#errors/reelmill-error.ts'
import { beginCompleting } from '#jobs/begin-completing.ts'
import { findHeldJob } from '#jobs/find.ts'
import { lockJob } from '#jobs/hold.ts'
import type { JobCredentials, JobRow } from '#jobs/job.ts'
import { type StagedFile, type StagedResult, stagingFolder } from '#jobs/result.ts'
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
 * @throws ReelmillError `result_incomplete` when a file or text is missing, `invalid_request` for a
 * file that is none of the job's (nothing changes);
 * `runner_job_not_found`, `runner_job_not_in_processing_state`.
 */
export async function handInResult(
  parts: Parts,
  credentials: JobCredentials,
  received: ReceivedResult,
): Promise<void> {
  const job = await outlastOutage(() => findHeldJob(parts.database, credentials))
  if (isTaken(job)) return
  if (job.state !== 'processing') throw new ReelmillError('runner_job_not_in_processing_state')
  refuseUnfit(job, received)
  const folder = stagingFolder(job.uuid, crypto.randomUUID())
  const result = await stage(parts, folder, received)
  try {
    const taken = await outlastOutage(() => takeResult(parts, credentials, { folder, result }))
    if (taken !== folder) await parts.storage.deleteAll(folder)
  } catch (error) {
    // Lost meanwhile. Of any other failure nobody knows whether it came after the commit.
    const isRefused = error instanceof ReelmillError && error.blame === 'runner'
    if (isRefused) await parts.storage.deleteAll(folder)
    throw error
  }
}

interface Staged {
  readonly folder: string
  readonly result: StagedResult
}

/**
 * The folder of the result that counts: this one, or that of a call that came before. Its commit may
 * have succeeded although the connection broke, so a second run may meet its own.
 */
async function takeResult(
  { database, queue }: Parts,
  credentials: JobCredentials,
  { folder, result }: Staged,
): Promise<string | null> {
  return database.transaction().execute(async (tx) => {
    const locked = await lockJob(tx, credentials)
    if (isTaken(locked)) return isStagedIn(locked, folder) ? folder : null
    await beginCompleting(tx, locked, result)
    const data: CompletingData = { jobId: locked.id, uuid: locked.uuid, folder }
    await queue.enqueue(tx, 'completing', data)
    return folder
  })
}

function isStagedIn({ result }: JobRow, folder: string): boolean {
  const files = (result as StagedResult | null)?.files ?? {}
  return Object.values(files).some(({ key }) => key.startsWith(folder))
}

function isTaken({ state }: JobRow): boolean {
  return state === 'completing' || state === 'completed'
}

function refuseUnfit(job: JobRow, { files, fields }: ReceivedResult): void {
  const kind = findJobKind(job)
  const strange = [...files.keys()].filter((name) => !kind.files.includes(name))
  if (strange.length > 0) {
    throw new ReelmillError('invalid_request', 'The form has a file that is none of this job.')
  }
  const missing = [
    ...kind.files.filter((name) => !files.has(name)),
    ...kind.fields.filter((name) => !fields[name]),
  ]
  if (missing.length === 0) return
  throw new ReelmillError('result_incomplete', `Missing of the result: ${missing.join(', ')}.`)
}

/** All of it, or nothing that stays. */
async function stage(
  parts: Parts,
  folder: string,
  received: ReceivedResult,
): Promise<StagedResult> {
  const files: Record<string, StagedFile> = {}
  try {
    for (const [name, { path, filename }] of received.files) {
      const key = folder + name
      const { sizeBytes } = await parts.storage.putFile(key, path)
      files[name] = { key, filename, sizeBytes }
    }
  } catch (error) {
    await parts.storage.deleteAll(folder)
    throw error
  }
  return { files, fields: received.fields }
}
