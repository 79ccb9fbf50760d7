import type { FileResult } from '#stages/encoding/files/file-work.ts'
import type { JobHolder } from './api.ts'
import { protocolPath } from './call.ts'
import { type FormPart, makeForm } from './form.ts'
import { toPercent } from './percent.ts'
import { sendBody } from './send-body.ts'

/** What is handed in with success: what was uploaded elsewhere is no longer among the files. */
type HandedIn = Pick<FileResult, 'files' | 'fields'>

/** A report that takes longer than this keeps the next ones waiting, and the lease with them. */
const reportMs = 30_000

/**
 * The calls about the protocol's own job types, which genuine runners make with forms (runner
 * protocol 1.1). One attempt each, as all calls; they fail as `sendBody`.
 */
export function createFormCalls(server: string, stop?: AbortSignal) {
  const urlOf = ({ uuid }: JobHolder, verb: string) =>
    new URL(`${protocolPath}/jobs/${uuid}/${verb}`, server)

  return {
    /** Call 11. `progress` is 0 to 1. */
    updateByForm: async (holder: JobHolder, progress: number): Promise<void> => {
      const form = await makeForm([
        { name: 'progress', text: String(toPercent(progress)) },
        ...tokensOf(holder),
      ])
      const limits = { signal: stop, answerMs: reportMs }
      await sendBody({ method: 'POST', url: urlOf(holder, 'update'), body: form, ...limits })
    },

    /** Call 13; the files are read from the disk meanwhile. Ends when `signal` fires. */
    successByForm: async (
      holder: JobHolder,
      { fields, files }: HandedIn,
      signal: AbortSignal,
    ): Promise<void> => {
      const form = await makeForm([
        ...tokensOf(holder),
        ...Object.entries(fields).map(([name, text]) => ({ name: `payload[${name}]`, text })),
        ...Object.entries(files).map(([name, file]) => ({ name: `payload[${name}]`, file })),
      ])
      await sendBody({ method: 'POST', url: urlOf(holder, 'success'), body: form, signal })
    },
  }
}

/** They come before any file, so that a server may refuse before it stores one (2.9). */
function tokensOf({ jobToken, runnerToken }: JobHolder): FormPart[] {
  return [
    { name: 'jobToken', text: jobToken },
    { name: 'runnerToken', text: runnerToken },
  ]
}
