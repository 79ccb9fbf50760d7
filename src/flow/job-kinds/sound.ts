import type { Transaction } from 'kysely'
import type { Tables } from '#database/tables.ts'
import { ReelmillError } from '#errors/reelmill-error.ts'
import { lockCompletingJob } from '#jobs/hold.ts'
import type { JobRow } from '#jobs/job.ts'
import type { SoundOrder } from '#stages/encoding/pieces/cut-sound-piece.ts'
import { joinSound } from '#stages/encoding/pieces/join-sound.ts'
import { describeSound } from '#stages/planning/plan-jobs.ts'
import { announcePlayable } from '../announce-playable.ts'
import { keepInit, keepSegment } from '../keep-segments.ts'
import { loadPlannedVersion, type PlannedVersion } from '../version.ts'
import type { JobKind } from './job-kind.ts'
import { readAsFile, stagedFile } from './staged-path.ts'

/** A track of sound, encoded whole by a runner of whole files: cut on the grid like any other. */
export const sound: JobKind = {
  files: ['videoFile'],
  fields: [],
  complete: async (parts, completion) => {
    const { job, scratch } = completion
    const version = await loadPlannedVersion(parts.database, job.version_id)
    const order = findSoundOrder(version, job)
    const { key } = stagedFile(completion, 'videoFile')
    const { track } = order
    const joined = await joinSound(order, await readAsFile(parts, key, scratch))
    const keep = (write: (tx: Transaction<Tables>) => Promise<void>) =>
      parts.database.transaction().execute(async (tx) => {
        await requireCompleting(tx, job)
        await write(tx)
      })
    await keep((tx) => keepInit(parts, tx, job, { track, init: joined.init }))
    for await (const { number, bytes, inspected } of joined.segments) {
      const store = (finalKey: string) => parts.storage.put(finalKey, bytes)
      const sizeBytes = bytes.length
      await keep((tx) => keepSegment(tx, job, { track, number, sizeBytes, inspected, store }))
    }
    return (tx) => announcePlayable(tx, job.version_id)
  },
}

/** The version may have been planned again meanwhile: its new tracks are no place for old sound. */
async function requireCompleting(tx: Transaction<Tables>, job: JobRow): Promise<void> {
  if (await lockCompletingJob(tx, job)) return
  throw new ReelmillError('runner_job_not_in_processing_state')
}

/** True of a job whose result is a whole track of sound. */
export function isSoundJob({
  private_payload,
}: {
  readonly private_payload: Readonly<Record<string, unknown>>
}): boolean {
  return Object.hasOwn(private_payload, 'sound')
}

/** What it takes to cut a job's sound out of its source, and to take it back. */
export function findSoundOrder({ plan, media }: PlannedVersion, job: JobRow): SoundOrder {
  const track = job.private_payload['sound']
  if (typeof track !== 'string' || !plan.audio.some(({ name }) => name === track)) {
    throw new ReelmillError('internal', 'The sound is in no plan.')
  }
  return { payload: describeSound(plan, media), track }
}
