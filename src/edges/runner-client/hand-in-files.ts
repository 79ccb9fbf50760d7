import { ReelmillError } from '#errors/reelmill-error.ts'
import type { FileResult, ResultFile } from '#stages/encoding/files/file-work.ts'
import type { RunnerApi } from './api.ts'
import { isTemporary, statusOf } from './call.ts'
import { readCustomUpload } from './file-payload-schemas.ts'
import { makeForm } from './form.ts'
import type { Hands } from './held-job.ts'
import { callPatiently } from './retry.ts'
import { sendBody } from './send-body.ts'

interface Handing {
  readonly result: FileResult
  readonly payload: object
}

/** Each attempt may send gigabytes. */
const maxAttempts = 10

/**
 * Hands the files of a result in: those with an address of their own go there first, alone (runner
 * protocol 2.8); all others with success.
 */
export async function handInFiles(
  api: RunnerApi,
  { result, payload }: Handing,
  hands: Hands,
): Promise<void> {
  const { holder, signal } = hands
  const remaining: Record<string, ResultFile> = {}
  for (const [field, file] of Object.entries(result.files)) {
    const upload = readCustomUpload(payload, field)
    if (upload === null) remaining[field] = file
    else await callPatiently(() => sendAlone(file, upload, signal), { signal, maxAttempts })
  }
  const handedIn = { fields: { ...result.fields, ...tellCost(result) }, files: remaining }
  await succeedOnce(() => api.successByForm(holder, handedIn, signal), hands)
}

/** Reelmill's own: other servers do not look at texts that they do not know (2.9). */
function tellCost({ cpuSeconds, wallSeconds, peakMemoryBytes }: FileResult) {
  return {
    cpuSeconds: String(cpuSeconds),
    wallSeconds: String(wallSeconds),
    peakMemoryBytes: String(peakMemoryBytes),
  }
}

/** One part named "file", and nobody's token: the address is not the server's business. */
async function sendAlone(
  file: ResultFile,
  { url, method = 'PUT' }: NonNullable<ReturnType<typeof readCustomUpload>>,
  signal: AbortSignal,
): Promise<void> {
  if (!URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol)) {
    throw new ReelmillError('runner_failed', 'A file is to be sent to no web address.')
  }
  const form = await makeForm([{ name: 'file', file }])
  await sendBody({ method, url: new URL(url), body: form, signal })
}

/** Says success until it is heard. */
async function succeedOnce(call: () => Promise<void>, hands: Hands): Promise<void> {
  let mayHaveArrived = false
  const attempt = async () => {
    try {
      await call()
    } catch (error) {
      // The answer to an earlier attempt was lost, but not what it said (8.2).
      if (mayHaveArrived && isNoLongerProcessing(error)) return
      mayHaveArrived ||= isTemporary(error)
      throw error
    }
  }
  await hands.watch(callPatiently(attempt, { signal: hands.signal, maxAttempts }))
}

/** 409 comes from servers that are still moving the files of the first attempt (3.2). */
function isNoLongerProcessing(error: unknown): boolean {
  if (!(error instanceof ReelmillError)) return false
  return error.code === 'runner_job_not_in_processing_state' || statusOf(error) === 409
}
