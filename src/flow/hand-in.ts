import type { Transaction } from 'kysely'
import { makeSlots, makeTurns, type Slots } from '#config/slots.ts'
import type { Tables } from '#database/tables.ts'
import { ReelmillError } from '#errors/reelmill-error.ts'
import { keepHeldJob } from '#jobs/hold.ts'
import type { JobCredentials, JobRow } from '#jobs/job.ts'
import type { JobPayload } from '#jobs/payload.ts'
import { stagedSegmentKey } from '#jobs/staged-segment.ts'
import { inspectInit } from '#media/boxes/inspect-init.ts'
import { type ParsedInit, parseInit } from '#media/boxes/parse-init.ts'
import { writeInit } from '#media/boxes/write-init.ts'
import { hashToken } from '#runners/tokens.ts'
import { describeInit, expectInit } from '#stages/encoding/expect-init.ts'
import { inspectOrdered } from '#stages/encoding/inspect-ordered.ts'
import type { Storage } from '#storage/contract.ts'
import { announcePlayable } from './announce-playable.ts'
import { isReplaced, readStagedSegment } from './direct-segments.ts'
import { isSegmentKept, keepInit, keepSegment, readInit } from './keep-segments.ts'
import type { Parts } from './parts.ts'

/** Largest segment; 6 s of the richest rung are some 12 MB. */
export const maxSegmentBytes = 256 * 1024 * 1024

/**
 * Takes the init segment of a track from the runner that holds the job. The first one makes the
 * track; every later one, of other chunks and other runners, must hold the same parameter sets, or
 * their segments could not be played as one track.
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
  await inTurn(parts, credentials, async (tx) => {
    const job = await keepHeldJob(tx, credentials)
    const payload = payloadOf(job)
    inspectInit(bytes, expectInit(payload, track))
    // Written anew, as it was ordered: what else a runner wrote does not go out.
    const init = writeInit(bytes, describeInit(payload, track))
    await keepInit(parts, tx, job, { track, init })
  })
}

interface HandedIn {
  readonly credentials: JobCredentials
  readonly track: string
  readonly number: number
  /** Its bytes, or 'staged': the runner put it where signSegmentUploads said. */
  readonly content: Buffer | 'staged'
}

/**
 * Takes a segment from the runner that holds the job: checks it against the order, keeps its bytes
 * under their final key and records it. The job cannot be taken away meanwhile, so that a runner that
 * lost it cannot come in between, but its lease is renewed; a process that dies before the end leaves
 * a file without a row, which the next one replaces. The same segment twice is no error.
 *
 * @throws ReelmillError `segment_refused`, `runner_job_not_found`,
 * `runner_job_not_in_processing_state`.
 */
export async function handInSegment(parts: Parts, handedIn: HandedIn): Promise<void> {
  const { credentials, track, number, content } = handedIn
  const versionId = await inTurn(parts, credentials, async (tx) => {
    const job = await keepHeldJob(tx, credentials)
    const init = await readInit(tx, job, track)
    if (!init) {
      throw new ReelmillError('segment_refused', 'The init segment of the track comes first.')
    }
    const place = { track, number, init: parseInit(init) }
    if (content === 'staged') await takeStaged(parts, tx, job, place)
    else await takeBytes(parts, tx, job, { ...place, bytes: content })
    return job.version_id
  })
  if (content === 'staged') await forgetStaged(parts, handedIn)
  // Also for a segment that was there: whoever took it the first time may have died before telling.
  if (number === 0) {
    await parts.database.transaction().execute((tx) => announcePlayable(tx, versionId))
  }
}

/**
 * Segments that are taken at once, of the ten sessions of the database: each holds one for as long as
 * the storage takes to write, and a slow bucket must leave some for viewers and everybody else.
 */
const atOnce = 6
const slotsOf = new WeakMap<Parts['database'], Slots>()
/** Those of one job would wait for its row, each with a session: the ladder's segments end together. */
const turnsOfJobs = makeTurns()

async function inTurn<T>(
  { database }: Parts,
  { jobToken }: JobCredentials,
  take: (tx: Transaction<Tables>) => Promise<T>,
): Promise<T> {
  const endTurn = await turnsOfJobs.take(jobToken)
  const slots = slotsOf.get(database) ?? makeSlots(atOnce)
  slotsOf.set(database, slots)
  const giveFree = await slots.take()
  try {
    return await database.transaction().execute(take)
  } finally {
    giveFree()
    endTurn()
  }
}

interface Place {
  readonly track: string
  readonly number: number
  readonly init: ParsedInit
}

async function takeBytes(
  { storage }: Parts,
  tx: Transaction<Tables>,
  job: JobRow,
  { bytes, ...place }: Place & { readonly bytes: Buffer },
): Promise<void> {
  const inspected = inspectOrdered(payloadOf(job), { ...place, bytes })
  const store = (finalKey: string) => storage.put(finalKey, bytes)
  await keepSegment(tx, job, { ...place, sizeBytes: bytes.length, inspected, store })
}

/** The bytes do not pass through here: what was looked at is copied inside the storage. */
async function takeStaged(
  { storage }: Parts,
  tx: Transaction<Tables>,
  job: JobRow,
  place: Place,
): Promise<void> {
  // Told again, after it was copied and removed: the answer was lost.
  if (await isSegmentKept(tx, job, place)) return
  const key = stagedSegmentKey(job, place.track, place.number)
  const { trackDefaults } = place.init
  const { info, bytes } = await readStagedSegment(storage, key, {
    maxBytes: maxSegmentBytes,
    trackDefaults,
  })
  const inspected = inspectOrdered(payloadOf(job), { ...place, bytes, isSparse: true })
  const store = (finalKey: string) => copyStaged(storage, key, finalKey, info.etag)
  await keepSegment(tx, job, { ...place, sizeBytes: info.sizeBytes, inspected, store })
}

async function copyStaged(storage: Storage, key: string, finalKey: string, ifEtag: string) {
  try {
    await storage.copy(key, finalKey, { ifEtag })
  } catch (error) {
    if (!isReplaced(error)) throw error
    throw new ReelmillError('segment_refused', 'The segment was replaced.', { cause: error })
  }
}

/** What stays behind is swept: the segment is kept, and nobody must be told otherwise. */
async function forgetStaged(parts: Parts, { credentials, track, number }: HandedIn) {
  try {
    const { uuid, jobToken } = credentials
    const held = { uuid, job_token_hash: hashToken(jobToken) }
    await parts.storage.delete(stagedSegmentKey(held, track, number))
  } catch (error) {
    parts.log.warn({ err: error, job: credentials.uuid }, 'a staged segment could not be removed')
  }
}

/** What planning ordered; the column holds what it wrote. */
function payloadOf(job: JobRow): JobPayload {
  return job.payload as unknown as JobPayload
}
