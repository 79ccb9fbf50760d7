import { sql, type Transaction } from 'kysely'
import type { Elsewhere, NotificationOutcome, Tables } from '#database/tables.ts'
import { ReelmillError, toErrorRecord } from '#errors/reelmill-error.ts'
import { advance, failVersion } from '../advance.ts'
import type { Parts } from '../parts.ts'
import { waitingKeyOf } from '../upload-keys.ts'

type Tx = Transaction<Tables>

interface Row {
  readonly id: number
  readonly outcome: NotificationOutcome
  readonly facts: unknown
}

/**
 * Nobody else makes a video of this external id, or hears of it, until `tx` ends. Without it the two
 * at the same moment would not see each other.
 */
export async function lockExternalId(tx: Tx, externalId: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`external ${externalId}`}, 0))`.execute(
    tx,
  )
}

/**
 * Applies what was said of a video and has waited for it to appear, in any order (C-25, U141).
 * The external id must be locked.
 *
 * @returns whether there is such a video.
 */
export async function applyParked(parts: Parts, tx: Tx, externalId: string): Promise<boolean> {
  const video = await tx
    .selectFrom('videos')
    .select('id')
    .where('external_id', '=', externalId)
    .executeTakeFirst()
  if (!video) return false
  const parked = await tx
    .selectFrom('notifications')
    .select(['id', 'outcome', 'facts'])
    .where('external_id', '=', externalId)
    .where('applied_at', 'is', null)
    .orderBy('id')
    .execute()
  for (const row of parked) await applyOne(parts, tx, video.id, row)
  return true
}

/** A video that waits for its bytes is published as the other made it, or fails; any other stays as it is. */
async function applyOne(parts: Parts, tx: Tx, videoId: string, row: Row): Promise<void> {
  const version = await tx
    .selectFrom('versions')
    .select(['id', 'number'])
    .where('video_id', '=', videoId)
    .where('source_key', '=', waitingKeyOf(videoId))
    .executeTakeFirst()
  if (version) await change(parts, tx, { ...version, videoId }, row)
  await tx
    .updateTable('notifications')
    .set({ applied_at: sql<Date>`now()` })
    .where('id', '=', row.id)
    .execute()
}

interface Waiting {
  readonly id: string
  readonly number: number
  readonly videoId: string
}

/** Success wins, whether it was said before a failure or after it. */
async function change(parts: Parts, tx: Tx, version: Waiting, { outcome, facts }: Row) {
  const { id: versionId, number, videoId } = version
  // What these columns hold was checked when the notification came.
  if (outcome === 'finished') {
    const move = { versionId, from: ['uploading', 'failed'], to: 'published' } as const
    await tx
      .updateTable('versions')
      .set({ elsewhere: JSON.stringify(facts as Elsewhere) })
      .where('id', '=', versionId)
      .where('state', 'in', move.from)
      .execute()
    if (!(await advance(parts, tx, move))) return
    await tx
      .updateTable('videos')
      .set({ published_version: number, updated_at: sql<Date>`now()` })
      .where('id', '=', videoId)
      // What was uploaded here since then, and is published, stays.
      .where((where) =>
        where.or([
          where('published_version', 'is', null),
          where('published_version', '<=', number),
        ]),
      )
      .execute()
  } else if (outcome === 'failed') {
    const error = new ReelmillError('processor_failed', (facts as { message: string }).message)
    await failVersion(parts, tx, { versionId, from: 'uploading', error: toErrorRecord(error) })
  } else {
    // It is being worked at: not a stalled upload.
    await tx
      .updateTable('versions')
      .set({ updated_at: sql<Date>`now()` })
      .where('id', '=', versionId)
      .where('state', '=', 'uploading')
      .execute()
  }
}
