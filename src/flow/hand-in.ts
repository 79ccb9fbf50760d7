import type { Transaction } from 'kysely'
import type { Tables } from '#database/tables.ts'
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
import type { Parts } from './parts.ts'

type Tx = Transaction<Tables>

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
    const { leadTicks, codecs, timescale } = inspectInit(bytes, expected)
    // Written anew from what was read: nothing that a runner wrote goes out as it is.
    const init = writeInit(bytes, { leadTicks, ...(language ? { language } : {}) })
    const made = await tx
      .insertInto('tracks')
      .values({ version_id: job.version_id, name: track, codecs, timescale, init })
      .onConflict((conflict) => conflict.doNothing())
      .executeTakeFirst()
    if (made.numInsertedOrUpdatedRows === 0n) return requireSameInit(tx, job, track, init)
    await parts.storage.put(`${await readPrefix(tx, job)}${track}/init.mp4`, init)
  })
}

async function requireSameInit(tx: Tx, job: JobRow, track: string, init: Buffer): Promise<void> {
  const known = await readInit(tx, job, track)
  if (known?.equals(init)) return
  throw new ReelmillError('parameter_sets_differ', undefined, { details: { track } })
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
    const inspected = inspectOrdered(payloadOf(job), {
      track,
      number,
      bytes,
      init: parseInit(init),
    })
    const made = await tx
      .insertInto('segments')
      .values({
        version_id: job.version_id,
        track,
        number,
        duration_ticks: inspected.durationTicks,
        bytes: bytes.length,
        samples: inspected.samples,
        keyframes: JSON.stringify(
          inspected.keyframes.map(({ offset, bytes: size, durationTicks }) => [
            offset,
            size,
            durationTicks,
          ]),
        ),
      })
      .onConflict((conflict) => conflict.doNothing())
      .executeTakeFirst()
    if (made.numInsertedOrUpdatedRows === 0n) return job.version_id
    await parts.storage.put(`${await readPrefix(tx, job)}${track}/${number}.m4s`, bytes)
    await addToTrack(tx, job, track, { ...inspected, bytes: bytes.length })
    return job.version_id
  })
  // Also for a segment that was there: whoever took it the first time may have died before telling.
  if (number === 0) await announcePlayable(parts, versionId)
}

/** The totals of a track; last in its transaction, since other chunks' segments wait for the row. */
async function addToTrack(
  tx: Tx,
  job: JobRow,
  track: string,
  { samples, bytes, durationTicks }: { samples: number; bytes: number; durationTicks: number },
): Promise<void> {
  await tx
    .updateTable('tracks')
    .set((row) => ({
      samples: row('samples', '+', samples),
      bytes: row('bytes', '+', bytes),
      duration_ticks: row('duration_ticks', '+', durationTicks),
    }))
    .where('version_id', '=', job.version_id)
    .where('name', '=', track)
    .execute()
}

/** What planning ordered; the column holds what it wrote. */
function payloadOf(job: JobRow): JobPayload {
  return job.payload as unknown as JobPayload
}

async function readInit(tx: Tx, job: JobRow, track: string): Promise<Buffer | null> {
  const row = await tx
    .selectFrom('tracks')
    .select('init')
    .where('version_id', '=', job.version_id)
    .where('name', '=', track)
    .executeTakeFirst()
  return row?.init ?? null
}

async function readPrefix(tx: Tx, job: JobRow): Promise<string> {
  const { prefix } = await tx
    .selectFrom('versions')
    .select('prefix')
    .where('id', '=', job.version_id)
    .executeTakeFirstOrThrow()
  return prefix
}
