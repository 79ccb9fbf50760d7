import { access, constants } from 'node:fs/promises'
import { Type } from 'typebox'
import { Value } from 'typebox/value'
import { ReelmillError } from '#errors/reelmill-error.ts'
import type { JobPayload } from '#jobs/payload.ts'
import type { SourceLocation, WorkContext, WorkResult, Works } from '#stages/encoding/work.ts'
import type { AcceptedJob } from './answers.ts'
import type { Hands, Workshop } from './held-job.ts'
import { callPatiently } from './retry.ts'

const SourcePayload = Type.Object({
  input: Type.Object({
    url: Type.String(),
    /** The file itself, when server and runner share a machine. */
    path: Type.Optional(Type.String()),
  }),
})

/**
 * Does a job of Reelmill's own types: segments are handed in as they are finished, success says how
 * many there are. Fails with what the work or the calls failed with.
 */
export async function doSegmentJob(
  shop: Workshop,
  job: AcceptedJob,
  hands: Hands,
): Promise<WorkResult> {
  const { holder, signal, watch, reports } = hands
  const handIn = (track: string, part: string, bytes: Buffer) =>
    watch(callPatiently(() => shop.api.handIn(holder, track, part, bytes), { signal }))
  const context = {
    source: await locateSource(shop.server, job),
    scratch: await shop.scratch.open(holder),
    signal,
    threads: shop.threads,
    programs: shop.programs,
    report: (progress: number) => reports.report(progress),
    handIn: {
      init: async (track: string, bytes: Buffer) => void (await handIn(track, 'init', bytes)),
      segment: async (track: string, number: number, bytes: Buffer) =>
        void (await handIn(track, `segments/${number}`, bytes)),
    },
  }
  // A work listens for the signal, and would miss one that fired before.
  signal.throwIfAborted()
  // Sound: it comes from the server's planning; a stranger's would fail in its work.
  const payload = { ...job.payload, type: job.type } as unknown as JobPayload
  const result = await runWork(shop.works, payload, context)
  await reports.stop()
  await watch(callPatiently(() => shop.api.success(holder, result), { signal }))
  return result
}

async function runWork(
  works: Works,
  payload: JobPayload,
  context: Omit<WorkContext, 'payload'>,
): Promise<WorkResult> {
  switch (payload.type) {
    case 'vod-chunk-encoding':
      return works[payload.type]({ ...context, payload })
    case 'vod-audio-encoding':
      return works[payload.type]({ ...context, payload })
  }
  throw new ReelmillError('runner_failed', 'This runner does not know the type of the job.')
}

/**
 * The file itself where server and runner share it, else the server's address for it. Only the path
 * of that address is used: this runner reaches the server by a name that may not be the public one.
 */
async function locateSource(server: string, { payload }: AcceptedJob): Promise<SourceLocation> {
  if (!Value.Check(SourcePayload, payload)) {
    throw new ReelmillError('runner_failed', 'The job does not say where its source is.')
  }
  const { url, path } = payload.input
  if (path !== undefined && (await isReadable(path))) return { kind: 'file', path }
  // Set, not resolved: a path that begins with "//" would name another host.
  const location = new URL(server)
  location.pathname = new URL(url, server).pathname
  return { kind: 'http', url: location.href }
}

async function isReadable(path: string): Promise<boolean> {
  try {
    await access(path, constants.R_OK)
    return true
  } catch {
    // Another machine's path, or another user's: the server's address remains.
    return false
  }
}
