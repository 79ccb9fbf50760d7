import { sql, type Transaction } from 'kysely'
import type { Tables } from '#database/tables.ts'
import type { ErrorRecord } from '#errors/reelmill-error.ts'
import { advance, failVersion } from './advance.ts'
import { judgeSuccess } from './judge-ending.ts'
import type { Parts } from './parts.ts'
import { replanSequentially, replanWithoutPieces } from './replan.ts'
import { tellRenditions } from './tell-renditions.ts'

/** The parts of a job's row that the journey needs. */
export interface SettledJob {
  readonly id: number
  readonly version_id: string
  readonly runner_id: number | null
  readonly type: string
  readonly private_payload: Readonly<Record<string, unknown>>
}

/** After a job was completed: when it was the last that the version needs, it goes to packaging. */
export async function onJobCompleted(
  parts: Parts,
  tx: Transaction<Tables>,
  job: SettledJob,
): Promise<void> {
  await judgeSuccess(parts, tx, job)
  if (await needsJobs(tx, job.version_id)) return
  await addUpCost(tx, job.version_id)
  const move = { versionId: job.version_id, from: 'encoding', to: 'packaging' } as const
  if (await advance(parts, tx, move)) await tellRenditions(tx, job.version_id)
}

/** True while a version waits for jobs that it cannot do without. */
export async function needsJobs(tx: Transaction<Tables>, versionId: string): Promise<boolean> {
  const open = await tx
    .selectFrom('jobs')
    .select('id')
    .where('version_id', '=', versionId)
    .where('required', '=', true)
    .where('state', 'not in', ['completed', 'cancelled'])
    .limit(1)
    .executeTakeFirst()
  return open !== undefined
}

/**
 * After a job failed for good: the version fails with the job's error. But where the source only
 * ended earlier than its container says, it is planned once more as one chunk, to be read from the
 * start to wherever it ends; and where pieces came back unfit, without them.
 */
export async function onJobErrored(
  parts: Parts,
  tx: Transaction<Tables>,
  job: SettledJob,
  error: ErrorRecord,
): Promise<void> {
  if (error.code === 'source_ends_early' && (await replanSequentially(parts, tx, job.version_id))) {
    return
  }
  if (await replanWithoutPieces(parts, tx, job, error)) return
  await addUpCost(tx, job.version_id)
  await failVersion(parts, tx, { versionId: job.version_id, from: 'encoding', error })
}

/** Work on what is published already costs processors, and nobody waits for it any more. */
async function addUpCost(tx: Transaction<Tables>, versionId: string): Promise<void> {
  await sql`
    update versions set
      cpu_seconds = spent.cpu,
      wall_seconds = case when state = 'encoding'
        then extract(epoch from now() - versions.created_at) else wall_seconds end
    from (select coalesce(sum(cpu_seconds), 0) as cpu from jobs where version_id = ${versionId}) spent
    where id = ${versionId}`.execute(tx)
}
