import { ReelmillError } from '#errors/reelmill-error.ts'
import { lockHeldJob } from '#jobs/hold.ts'
import type { JobCredentials, JobRow } from '#jobs/job.ts'
import type { JobPayload } from '#jobs/payload.ts'
import { inspectInit } from '#media/boxes/inspect-init.ts'
import { parseInit } from '#media/boxes/parse-init.ts'
import { writeInit } from '#media/boxes/write-init.ts'
import { expectInit } from '#stages/encoding/expect-init.ts'
import { inspectOrdered } from '#stages/encoding/inspect-ordered.ts'
import { announcePlayable } from './announce-playable.ts'
import { keepInit, keepSegment, readInit } from './keep-segments.ts'
import type { Parts } from './parts.ts'

/**
 * Takes the init segment of a track from the runner that holds the job. The first one makes the
 * track; every later one, of other chunks and other runners, must be equal to the byte, or their
 * segments could not be played as one track.
 *
 * @throws ReelmillError `segment_refused`, `parameter_sets_differ`, `runner_job_not_found`,
 * `runner_job_not_in_processing_state`.
 */
export async function handInInit(
  parts: Parts,
  credentials: JobCredentials,
  track: string,
  bytes: Buffer,
): Promise<void> {
  await parts.database.transaction().execute(async (tx) => {
    const job = await lockHeldJob(tx, credentials)
    const { language, ...expected } = expectInit(payloadOf(job), track)
    const { leadTicks } = inspectInit(bytes, expected)
    // Written anew from what was read: nothing that a runner wrote goes out as it is.
    const init = writeInit(bytes, { leadTicks, ...(language ? { language } : {}) })
    await keepInit(parts, tx, job, { track, init })
  })
}

interface HandedIn {
  readonly credentials: JobCredentials
  readonly track: string
  readonly number: number
  readonly bytes: Buffer
}

/**
 * Takes a segment from the runner that holds the job: checks it against the order, keeps its bytes
 * under their final key and records it. The job stays locked meanwhile, so that a runner that lost
 * it cannot come in between; a process that dies before the end leaves a file without a row, which
 * the next one replaces. The same segment twice is no error.
 *
 * @throws ReelmillError `segment_refused`, `runner_job_not_found`,
 * `runner_job_not_in_processing_state`.
 */
export async function handInSegment(parts: Parts, handedIn: HandedIn): Promise<void> {
  const { credentials, track, number, bytes } = handedIn
  const versionId = await parts.database.transaction().execute(async (tx) => {
    const job = await lockHeldJob(tx, credentials)
    const init = await readInit(tx, job, track)
    if (!init) {
      throw new ReelmillError('segment_refused', 'The init segment of the track comes first.')
    }
    const order = { track, number, bytes, init: parseInit(init) }
    const inspected = inspectOrdered(payloadOf(job), order)
    await keepSegment(parts, tx, job, { track, number, bytes, inspected })
    return job.version_id
  })
  // Also for a segment that was there: whoever took it the first time may have died before telling.
  if (number === 0) {
    await parts.database.transaction().execute((tx) => announcePlayable(tx, versionId))
  }
}

/** What planning ordered; the column holds what it wrote. */
function payloadOf(job: JobRow): JobPayload {
  return job.payload as unknown as JobPayload
}
