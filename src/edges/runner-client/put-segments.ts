import { Type } from 'typebox'
import { Value } from 'typebox/value'
import { ReelmillError } from '#errors/reelmill-error.ts'
import type { AcceptedJob, SegmentUpload } from './answers.ts'
import type { JobHolder, RunnerApi } from './api.ts'
import { isTemporary } from './call.ts'

const DirectPayload = Type.Object({ segmentUploads: Type.Literal(true) })

/** Addresses are asked for in such lots: a chunk of a minute needs one or two. */
const lot = 16
/** They last an hour. */
const usableMs = 45 * 60_000
/** A bucket that failed this often in a row is left alone for the rest of the job. */
const mostFailures = 2

interface Lot {
  readonly uploads: ReadonlyMap<number, SegmentUpload>
  readonly askedAtMs: number
}

type Put = (track: string, number: number, bytes: Buffer) => Promise<boolean>

/**
 * Puts the segments of a job into the bucket, where the server gives addresses there, and then tells
 * the server, so that the bytes go one way only. False when that could not be done for one: then it
 * is to be handed in through the server, which always works.
 */
export function createSegmentPut(
  api: RunnerApi,
  holder: JobHolder,
  { payload }: AcceptedJob,
  nowMs: () => number = () => performance.now(),
): Put {
  if (!Value.Check(DirectPayload, payload)) return async () => false
  const lots = new Map<string, Lot>()
  let failures = 0

  const findUpload = async (track: string, number: number): Promise<SegmentUpload | undefined> => {
    const known = lots.get(track)
    const isFresh = known !== undefined && nowMs() - known.askedAtMs < usableMs
    const upload = isFresh ? known.uploads.get(number) : undefined
    if (upload) return upload
    const askedAtMs = nowMs()
    const uploads = await api.signUploads(holder, track, { first: number, count: lot })
    lots.set(track, { uploads: new Map(uploads.map((each) => [each.number, each])), askedAtMs })
    return uploads.find((each) => each.number === number)
  }

  return async (track, number, bytes) => {
    if (failures >= mostFailures) return false
    try {
      const upload = await findUpload(track, number)
      if (!upload) return false
      await api.putDirect(upload, bytes)
      await api.handInStaged(holder, track, number)
      failures = 0
      return true
    } catch (error) {
      if (!isWorthAnotherWay(error)) throw error
      failures += 1
      return false
    }
  }
}

/**
 * What the bucket refused, what did not get there, and what the server did not find as it should be,
 * is sent through the server; that the job is no longer ours is the same on every way.
 */
function isWorthAnotherWay(error: unknown): boolean {
  if (!(error instanceof ReelmillError)) return false
  return isTemporary(error) || ['server_refused', 'segment_refused'].includes(error.code)
}
