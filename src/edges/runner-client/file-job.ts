import { join } from 'node:path'
import { ReelmillError } from '#errors/reelmill-error.ts'
import type { FileJobType, FilePayloads } from '#jobs/file-payload.ts'
import type {
  FileResult,
  FileWork,
  FileWorkContext,
  FileWorks,
} from '#stages/encoding/files/file-work.ts'
import type { AcceptedJob } from './answers.ts'
import { downloadInput } from './download.ts'
import { isFileJobType, readFilePayload } from './file-payload-schemas.ts'
import { handInFiles } from './hand-in-files.ts'
import type { Hands, Workshop } from './held-job.ts'
import { callPatiently } from './retry.ts'

/** An input may hold gigabytes: some minutes of a server that breaks off, no more. */
const maxDownloads = 10

/**
 * Does a job of the protocol's own types: inputs are downloaded, the whole files of the result are
 * handed in with success (runner protocol section 2). Progress is told until that is answered, for a
 * long upload must not cost the lease. Fails with what the work or the calls failed with.
 */
export async function doFileJob(
  shop: Workshop,
  { type, payload }: AcceptedJob,
  hands: Hands,
): Promise<FileResult> {
  if (!isFileJobType(type)) throw new ReelmillError('runner_failed')
  const scratch = await shop.scratch.open(hands.holder)
  const context = {
    download: makeDownloader(shop, { scratch, isElsewhere: saysElsewhere(payload) }, hands),
    scratch,
    signal: hands.signal,
    threads: shop.threads,
    niceness: shop.niceness,
    programs: shop.programs,
    transcription: shop.transcription,
    report: (progress: number) => hands.reports.report(progress),
  }
  // A work listens for the signal, and would miss one that fired before.
  hands.signal.throwIfAborted()
  const result = await runFileWork(shop.fileWorks, { type, payload }, context)
  await handInFiles(shop.api, { result, payload }, hands)
  await hands.reports.stop()
  return result
}

async function runFileWork<Type extends FileJobType>(
  works: Partial<FileWorks>,
  { type, payload }: { readonly type: Type; readonly payload: unknown },
  context: Omit<FileWorkContext<never>, 'payload'>,
): Promise<FileResult> {
  // Sound: the works are listed by their types.
  const work = works[type] as FileWork<FilePayloads[Type]> | undefined
  if (work) return work({ ...context, payload: readFilePayload(type, payload) })
  throw new ReelmillError('runner_failed', 'This runner does not do that type of job.')
}

/** Every input under a name of its own, from its start again whenever it broke off (8.2). */
function makeDownloader(
  { server }: Workshop,
  { scratch, isElsewhere }: { readonly scratch: string; readonly isElsewhere: boolean },
  { holder, signal, log }: Hands,
) {
  let inputs = 0
  return async (address: string): Promise<string> => {
    inputs += 1
    const path = join(scratch, `input-${inputs}`)
    let attempts = 0
    const attempt = async () => {
      attempts += 1
      try {
        const throughServer = attempts > 1
        await downloadInput({
          ...{ server, address, holder, path, signal },
          throughServer,
          isElsewhere,
        })
      } catch (error) {
        log.debug({ err: error }, 'an input was not downloaded')
        throw error
      }
    }
    await callPatiently(attempt, { signal, maxAttempts: maxDownloads })
    return path
  }
}

/** Whether the input lies somewhere else than on the server; a field that only Reelmill sends. */
function saysElsewhere(payload: unknown): boolean {
  const { input } = payload as { readonly input?: { readonly isElsewhere?: unknown } }
  return input?.isElsewhere === true
}
