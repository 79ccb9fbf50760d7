import { buffer } from 'node:stream/consumers'
import { ReelmillError } from '#errors/reelmill-error.ts'
import { findHeldJob } from '#jobs/find.ts'
import type { JobCredentials, JobRow } from '#jobs/job.ts'
import type { JobPayload } from '#jobs/payload.ts'
import { stagedSegmentKey } from '#jobs/staged-segment.ts'
import { readSparsely } from '#media/boxes/read-sparsely.ts'
import type { TrackDefaults } from '#media/boxes/track-defaults.ts'
import type { ObjectInfo, SignedRequest, Storage } from '#storage/contract.ts'
import type { Parts } from './parts.ts'

/** A runner asks again long before; what it holds longer is of no use to anybody else. */
export const uploadExpiresSeconds = 3600

/** Where a segment may be put. */
export interface SegmentUpload extends SignedRequest {
  readonly number: number
}

interface Wanted {
  readonly credentials: JobCredentials
  readonly track: string
  /** Number of the first segment. */
  readonly first: number
  readonly count: number
}

/**
 * Addresses in the bucket at which the runner that holds the job puts segments, one for each; none
 * where the storage signs none, or the job has no such track: then they come through the server.
 *
 * @throws ReelmillError `runner_job_not_found`, `runner_job_not_in_processing_state`.
 */
export async function signSegmentUploads(
  { database, storage }: Parts,
  { credentials, track, first, count }: Wanted,
): Promise<readonly SegmentUpload[]> {
  const job = await findHeldJob(database, credentials)
  if (job.state !== 'processing') throw new ReelmillError('runner_job_not_in_processing_state')
  const { signer } = storage
  if (!signer || !hasTrack(job, track)) return []
  const options = { expiresSeconds: uploadExpiresSeconds, contentType: 'video/iso.segment' }
  return Promise.all(
    Array.from({ length: count }, async (_, index) => {
      const number = first + index
      return { number, ...(await signer.put(stagedSegmentKey(job, track, number), options)) }
    }),
  )
}

/** Only of the jobs of our own runners: those of other types have a payload without renditions. */
function hasTrack({ payload }: JobRow, track: string): boolean {
  // Sound: what planning ordered, kept as it was.
  const { renditions = [] } = payload as Partial<JobPayload>
  return renditions.some(({ name }) => name === track)
}

/** A segment that a runner put into the bucket: what must be known of it, and which one it was. */
export interface StagedSegment {
  readonly info: ObjectInfo
  /** Its boxes and the first sample of each fragment; zeros in between. */
  readonly bytes: Buffer
}

/**
 * Reads of a staged segment what tells whether it is as ordered. All of it is of one object, which
 * its entity tag names: what is copied by that is what was looked at, whatever its runner does.
 *
 * @throws ReelmillError `segment_refused` where it is not there, too large, or changes meanwhile.
 */
export async function readStagedSegment(
  storage: Storage,
  key: string,
  limits: { readonly maxBytes: number; readonly trackDefaults: TrackDefaults },
): Promise<StagedSegment> {
  const info = await storage.head(key)
  if (!info) throw new ReelmillError('segment_refused', 'The segment is not in the storage.')
  if (info.sizeBytes > limits.maxBytes) {
    throw new ReelmillError('segment_refused', 'The segment is too large.')
  }
  const read = async (start: number, bytes: number): Promise<Buffer> => {
    const range = { start, end: start + bytes - 1, ifEtag: info.etag }
    return buffer(await storage.get(key, range))
  }
  const { trackDefaults } = limits
  try {
    return { info, bytes: await readSparsely({ sizeBytes: info.sizeBytes, read, trackDefaults }) }
  } catch (error) {
    throw isReplaced(error) ? new ReelmillError('segment_refused', 'It was replaced.') : error
  }
}

/** The object that was found is not there any more. */
export function isReplaced(error: unknown): boolean {
  return error instanceof ReelmillError && error.code === 'object_not_found'
}
