import type { Transaction } from 'kysely'
import type { Tables } from '#database/tables.ts'
import { ReelmillError } from '#errors/reelmill-error.ts'
import type { JobRow } from '#jobs/job.ts'
import type { InspectedSegment } from '#media/boxes/inspect-segment.ts'
import { isSameInit } from '#media/boxes/is-same-init.ts'
import { parseInit } from '#media/boxes/parse-init.ts'
import type { Parts } from './parts.ts'

type Tx = Transaction<Tables>
type JobOfVersion = Pick<JobRow, 'version_id'>

interface TrackInit {
  readonly track: string
  /** Checked, and written by us. */
  readonly init: Buffer
}

/**
 * Keeps the init segment of a track: the first makes the track, every later one must hold the same
 * parameter sets. The first stays as it is, also where an older release wrote it. `tx` holds the job.
 *
 * @throws ReelmillError `parameter_sets_differ`.
 */
export async function keepInit(
  parts: Parts,
  tx: Tx,
  job: JobOfVersion,
  { track, init }: TrackInit,
): Promise<void> {
  const { codecs, timescale } = parseInit(init)
  const made = await tx
    .insertInto('tracks')
    .values({ version_id: job.version_id, name: track, codecs, timescale, init })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst()
  if (made.numInsertedOrUpdatedRows === 0n) return requireSameInit(tx, job, track, init)
  await parts.storage.put(`${await readPrefix(tx, job)}${track}/init.mp4`, init)
}

interface CheckedSegment {
  readonly track: string
  readonly number: number
  readonly sizeBytes: number
  readonly inspected: InspectedSegment
  /** Puts its bytes under the final key. */
  readonly store: (key: string) => Promise<unknown>
}

/**
 * Keeps a segment that was checked: its bytes under their final key, and its row. One that is there
 * already is left as it is. `tx` holds the job.
 */
export async function keepSegment(
  tx: Tx,
  job: JobOfVersion,
  { track, number, sizeBytes, inspected, store }: CheckedSegment,
): Promise<void> {
  const made = await tx
    .insertInto('segments')
    .values({
      version_id: job.version_id,
      track,
      number,
      duration_ticks: inspected.durationTicks,
      bytes: sizeBytes,
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
  if (made.numInsertedOrUpdatedRows === 0n) return
  await store(`${await readPrefix(tx, job)}${track}/${number}.m4s`)
  await addToTrack(tx, job, track, { ...inspected, bytes: sizeBytes })
}

/** Whether a segment was kept already. */
export async function isSegmentKept(
  tx: Tx,
  job: JobOfVersion,
  { track, number }: Pick<CheckedSegment, 'track' | 'number'>,
): Promise<boolean> {
  const row = await tx
    .selectFrom('segments')
    .select('number')
    .where('version_id', '=', job.version_id)
    .where('track', '=', track)
    .where('number', '=', number)
    .executeTakeFirst()
  return row !== undefined
}

/** The totals of a track; last in its transaction, since other chunks' segments wait for the row. */
async function addToTrack(
  tx: Tx,
  job: JobOfVersion,
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

async function requireSameInit(
  tx: Tx,
  job: JobOfVersion,
  track: string,
  init: Buffer,
): Promise<void> {
  const known = await readInit(tx, job, track)
  if (known && isSameInit(known, init)) return
  throw new ReelmillError('parameter_sets_differ', undefined, { details: { track } })
}

/** The init segment of a track as it was kept; null before there is one. */
export async function readInit(tx: Tx, job: JobOfVersion, track: string): Promise<Buffer | null> {
  const row = await tx
    .selectFrom('tracks')
    .select('init')
    .where('version_id', '=', job.version_id)
    .where('name', '=', track)
    .executeTakeFirst()
  return row?.init ?? null
}

async function readPrefix(tx: Tx, job: JobOfVersion): Promise<string> {
  const { prefix } = await tx
    .selectFrom('versions')
    .select('prefix')
    .where('id', '=', job.version_id)
    .executeTakeFirstOrThrow()
  return prefix
}
