import { sql, type Transaction } from 'kysely'
import { notify } from '#database/notifications.ts'
import type { Tables, VersionState } from '#database/tables.ts'
import type { ErrorRecord } from '#errors/reelmill-error.ts'
import { orderHookCalls } from '#hooks/order-calls.ts'
import { cancelJobs } from '#jobs/cancel.ts'
import { createJobs, type NewJob } from '#jobs/create.ts'
import type { MediaInfo } from '#media/probe/media-info.ts'
import type { Plan } from '#stages/planning/plan.ts'
import { orderDeliveries } from '#webhooks/order-deliveries.ts'
import type { Parts } from './parts.ts'
import { isStepState } from './states.ts'

type Tx = Transaction<Tables>

/** What became true: the new state, and what is recorded and ordered together with it. */
export interface Move {
  readonly versionId: string
  readonly from: VersionState | readonly VersionState[]
  readonly to: VersionState
  readonly media?: MediaInfo
  readonly plan?: Plan
  readonly readableKey?: string | null
  readonly error?: ErrorRecord
  readonly jobs?: readonly NewJob[]
}

/**
 * Moves a version on: its new state, what was found, the runners' jobs, the next step and the event
 * are written in the caller's transaction, or nothing is. False when the version was no longer in
 * the state that the move starts from: somebody else did it, or it was cancelled.
 */
export async function advance(parts: Parts, tx: Tx, move: Move): Promise<boolean> {
  const moved = await tx
    .updateTable('versions')
    .set({
      state: move.to,
      held_by: null,
      updated_at: sql<Date>`now()`,
      error: move.error ? JSON.stringify(move.error) : null,
      ...(move.media ? { media: JSON.stringify(move.media) } : {}),
      ...(move.plan ? { plan: JSON.stringify(move.plan) } : {}),
      ...(move.readableKey === undefined ? {} : { readable_key: move.readableKey }),
      ...(move.to === 'published' ? { published_at: sql<Date>`now()` } : {}),
    })
    .where('id', '=', move.versionId)
    .where('state', 'in', Array.isArray(move.from) ? move.from : [move.from])
    .returning(['video_id', 'number'])
    .executeTakeFirst()
  if (!moved) return false
  if (move.jobs) await createJobs(tx, move.versionId, move.jobs)
  if (isStepState(move.to)) await parts.queue.enqueue(tx, move.to, { versionId: move.versionId })
  await recordEvent(tx, moved.video_id, `video.${move.to}`, {
    version: moved.number,
    ...(move.error ? { error: move.error } : {}),
  })
  return true
}

/**
 * Fails a version that is still in the state in which the error happened, and takes its jobs back.
 * False when it is not: whoever comes late must not fail what another has moved on.
 */
export async function failVersion(
  parts: Parts,
  tx: Tx,
  failure: Required<Pick<Move, 'versionId' | 'from' | 'error'>>,
): Promise<boolean> {
  const failed = await advance(parts, tx, { ...failure, to: 'failed' })
  if (failed) await cancelJobs(tx, failure.versionId)
  return failed
}

/**
 * Writes an event of a video, with the calls of the hooks and the deliveries of the webhooks that are
 * told of it; whoever watches the video is told when the transaction commits.
 */
export async function recordEvent(
  tx: Tx,
  videoId: string,
  type: string,
  data: Readonly<Record<string, unknown>>,
): Promise<void> {
  const { id } = await tx
    .insertInto('events')
    .values({ video_id: videoId, type, data: JSON.stringify(data) })
    .returning('id')
    .executeTakeFirstOrThrow()
  await orderHookCalls(tx, videoId, { id, type, data })
  await orderDeliveries(tx, { videoId, type, data })
  await notify(tx, 'video', { videoId })
}
