import { randomUUID } from 'node:crypto'
import type { Transaction } from 'kysely'
import { notify } from '#database/notifications.ts'
import type { Tables } from '#database/tables.ts'
import type { JobPayload } from './payload.ts'

/** A job to be offered to runners. */
export interface NewJob {
  readonly type: string
  /** Lower first, then older first. */
  readonly priority: number
  /** For people: "chunk 3", "audio". */
  readonly label: string
  readonly payload: JobPayload
  /** ffmpeg's names of the encoders without which it cannot be done. */
  readonly encoders: readonly string[]
  /** How much work it is beside the version's other jobs; any unit, the same for all. */
  readonly weight: number
}

/** Rows per statement: 9 parameters each, and PostgreSQL takes 65,535 of them. */
const batchSize = 1000

/** Makes jobs of a version, pending, in this order; runners hear of them when `tx` commits. */
export async function createJobs(
  tx: Transaction<Tables>,
  versionId: string,
  jobs: readonly NewJob[],
): Promise<void> {
  for (let start = 0; start < jobs.length; start += batchSize) {
    const batch = jobs.slice(start, start + batchSize)
    await tx
      .insertInto('jobs')
      .values(batch.map((job) => toRow(versionId, job)))
      .execute()
  }
  if (jobs.length > 0) await notify(tx, 'jobs', {})
}

function toRow(versionId: string, job: NewJob) {
  const { type, priority, label, payload, encoders, weight } = job
  return {
    uuid: randomUUID(),
    version_id: versionId,
    type,
    priority,
    label,
    payload: JSON.stringify(payload),
    encoders: JSON.stringify(encoders),
    weight,
  }
}
