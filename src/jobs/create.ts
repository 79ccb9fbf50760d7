import { randomUUID } from 'node:crypto'
import type { Transaction } from 'kysely'
import { notify } from '#database/notifications.ts'
import type { Tables } from '#database/tables.ts'

/** A job to be offered to runners. */
export interface NewJob {
  readonly type: string
  /** Lower first, then older first. */
  readonly priority: number
  /** For people: "chunk 3", "audio". */
  readonly label: string
  /** What runners see of it, but for the addresses of its inputs. */
  readonly payload: object
  /** What the server alone needs to know; never leaves it but for operators. */
  readonly privatePayload?: Readonly<Record<string, unknown>>
  /** ffmpeg's names of the encoders without which it cannot be done. */
  readonly encoders: readonly string[]
  /** How much work it is beside the version's other jobs; any unit, the same for all. */
  readonly weight: number
  /** Index of an earlier job of the list, for whose completion this one waits. */
  readonly parent?: number | null
  /** False: the version neither waits for it nor fails with it. True when left out. */
  readonly required?: boolean
}

/** Rows per statement: 12 parameters each, and PostgreSQL takes 65,535 of them. */
const batchSize = 1000

/**
 * Makes jobs of a version, in this order: pending, or waiting for their parent. Runners hear of them
 * when `tx` commits. Returns their uuids, in the order of the list.
 */
export async function createJobs(
  tx: Transaction<Tables>,
  versionId: string,
  jobs: readonly NewJob[],
): Promise<string[]> {
  const ids: number[] = []
  const uuids: string[] = []
  for (const batch of splitBatches(jobs)) {
    const rows = await tx
      .insertInto('jobs')
      .values(batch.map((job) => toRow(versionId, job, findParent(job, ids))))
      .returning(['id', 'uuid'])
      .execute()
    ids.push(...rows.map(({ id }) => id))
    uuids.push(...rows.map(({ uuid }) => uuid))
  }
  if (jobs.length > 0) await notify(tx, 'jobs', {})
  return uuids
}

/** A child starts a batch of its own, so that its parent's id is known. */
function splitBatches(jobs: readonly NewJob[]): NewJob[][] {
  const batches: NewJob[][] = []
  for (const job of jobs) {
    const last = batches.at(-1)
    const fits = last && last.length < batchSize && !hasParent(job)
    if (fits) last.push(job)
    else batches.push([job])
  }
  return batches
}

function hasParent({ parent }: NewJob): boolean {
  return parent !== undefined && parent !== null
}

function findParent(job: NewJob, ids: readonly number[]): number | null {
  if (job.parent === undefined || job.parent === null) return null
  const id = ids[job.parent]
  if (id === undefined) throw new RangeError('a parent comes before its children')
  return id
}

function toRow(versionId: string, job: NewJob, parentId: number | null) {
  const { type, priority, label, payload, privatePayload = {}, encoders, weight } = job
  return {
    uuid: randomUUID(),
    version_id: versionId,
    type,
    state: parentId === null ? ('pending' as const) : ('waiting_for_parent' as const),
    parent_id: parentId,
    priority,
    label,
    payload: JSON.stringify(payload),
    private_payload: JSON.stringify(privatePayload),
    encoders: JSON.stringify(encoders),
    weight,
    required: job.required ?? true,
  }
}
