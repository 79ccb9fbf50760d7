import type { Transaction } from 'kysely'
import type { Tables } from '#database/tables.ts'
import { ReelmillError } from '#errors/reelmill-error.ts'
import { cancelJobs } from '#jobs/cancel.ts'
import { advance } from './advance.ts'
import type { Parts } from './parts.ts'
import { activeStates } from './states.ts'

/**
 * Stops the work on a video's latest version. What was published before stays.
 *
 * @throws ReelmillError `video_not_found`, or `video_state_conflict` when there is nothing to stop.
 */
export async function cancelVideo(parts: Parts, videoId: string): Promise<void> {
  await parts.database.transaction().execute(async (tx) => {
    const version = await lockLatestVersion(tx, videoId)
    const moved = await advance(parts, tx, {
      versionId: version.id,
      from: activeStates,
      to: 'cancelled',
    })
    if (!moved) {
      throw new ReelmillError('video_state_conflict', `The video is ${version.state} already.`)
    }
    await cancelJobs(tx, version.id)
  })
}

/** The latest version of a video, locked until `tx` ends. */
export async function lockLatestVersion(tx: Transaction<Tables>, videoId: string) {
  const version = await tx
    .selectFrom('versions')
    .innerJoin('videos', 'videos.id', 'versions.video_id')
    .select(['versions.id', 'versions.state', 'versions.plan'])
    .where('videos.id', '=', videoId)
    .whereRef('versions.number', '=', 'videos.latest_version')
    .forNoKeyUpdate('versions')
    .executeTakeFirst()
  if (!version) throw new ReelmillError('video_not_found')
  return version
}
