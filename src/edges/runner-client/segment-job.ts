import { ReelmillError } from '#errors/reelmill-error.ts'
import type { JobPayload } from '#jobs/payload.ts'
import type { SourceLocation, WorkContext, WorkResult, Works } from '#stages/encoding/work.ts'
import type { AcceptedJob } from './answers.ts'
import type { Hands, Workshop } from './held-job.ts'
import { locateSource } from './locate-source.ts'
import { createSegmentPut } from './put-segments.ts'
import { requirePlainWords } from './require-plain-words.ts'
import { callPatiently } from './retry.ts'

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
  const handIn = (track: string, part: string, bytes: Buffer): Promise<void> =>
    watch(callPatiently(() => shop.api.handIn(holder, track, part, bytes), { signal }))
  requirePlainWords(job.payload)
  const put = createSegmentPut(shop.api, holder, job)
  const giveWay = shop.openings.giveWay(job, signal)
  const sources = await locateSource(shop, job)
  const context = {
    scratch: await shop.scratch.open(holder),
    signal,
    threads: shop.threads,
    niceness: shop.niceness,
    programs: shop.programs,
    report: (progress: number) => reports.report(progress),
    handIn: {
      init: (track: string, bytes: Buffer) => handIn(track, 'init', bytes),
      segment: async (track: string, number: number, bytes: Buffer) => {
        await giveWay(number)
        if (await watch(put(track, number, bytes))) return
        await handIn(track, `segments/${number}`, bytes)
      },
    },
  }
  // A work listens for the signal, and would miss one that fired before.
  signal.throwIfAborted()
  // Sound: it comes from the server's planning; a stranger's holds words, and fails in its work.
  const payload = { ...job.payload, type: job.type } as unknown as JobPayload
  const result = await shop.openings.during(job, () =>
    tryEach(sources, (source) => runWork(shop.works, payload, { ...context, source })),
  )
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

/** Another way to the source is tried where one breaks off: segments handed in twice are no error. */
async function tryEach(
  [first, ...others]: readonly [SourceLocation, ...SourceLocation[]],
  work: (source: SourceLocation) => Promise<WorkResult>,
): Promise<WorkResult> {
  try {
    return await work(first)
  } catch (error) {
    const [next, ...rest] = others
    const isBroken = error instanceof ReelmillError && error.code === 'server_unreachable'
    if (!next || !isBroken) throw error
    return tryEach([next, ...rest], work)
  }
}
