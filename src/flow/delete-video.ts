import type { Transaction } from 'kysely'
import type { Tables } from '#database/tables.ts'
import { ReelmillError } from '#errors/reelmill-error.ts'
import { cancelJobs } from '#jobs/cancel.ts'
import { stagingPrefix } from '#jobs/result.ts'
import { requireRevision } from '#videos/require-revision.ts'
import { advance, recordEvent } from './advance.ts'
import { lockLatestVersion } from './cancel-video.ts'
import type { Parts } from './parts.ts'
import { placesOf } from './remove-files.ts'
import { activeStates } from './states.ts'

/**
 * Removes a video with everything that was made of it. Its rows go first, in one transaction with
 * the order to remove the files, so that nobody is shown a video whose files are half gone and the
 * files go even when this process dies.
 *
 * @throws ReelmillError `video_not_found`; `precondition_failed` where people changed it since
 * `revision`.
 */
export async function deleteVideo(
  parts: Parts,
  videoId: string,
  revision: number | null = null,
): Promise<void> {
  await parts.database.transaction().execute(async (tx) => {
    const version = await lockLatestVersion(tx, videoId)
    if (revision !== null) await requireRevision(tx, videoId, revision)
    await advance(parts, tx, { versionId: version.id, from: activeStates, to: 'cancelled' })
    const staged = await listStaging(tx, videoId)
    await cancelJobs(tx, version.id)
    const versions = await tx
      .selectFrom('versions')
      .select(['prefix', 'video_id', 'number', 'source_key', 'owns_source'])
      .where('video_id', '=', videoId)
      .execute()
    await recordEvent(tx, videoId, 'video.deleted', {})
    const deleted = await tx.deleteFrom('videos').where('id', '=', videoId).executeTakeFirst()
    if (deleted.numDeletedRows === 0n) throw new ReelmillError('video_not_found')
    const { prefixes, keys } = placesOf(versions)
    const all = [...prefixes, ...foldersOf(videoId), ...staged]
    await parts.queue.enqueue(tx, 'removing', { prefixes: all, keys })
  })
}

/** What is kept for a video and is no version's: inputs of edits, uploads that nobody ended. */
function foldersOf(videoId: string): string[] {
  return [`sources/${videoId}/`, `tmp/${videoId}/`]
}

/** Where runners put what the server has not looked at; of all other jobs it is gone already. */
async function listStaging(tx: Transaction<Tables>, videoId: string): Promise<string[]> {
  const jobs = await tx
    .selectFrom('jobs')
    .innerJoin('versions', 'versions.id', 'jobs.version_id')
    .select('jobs.uuid')
    .where('versions.video_id', '=', videoId)
    .where('jobs.state', 'in', ['processing', 'completing'])
    .execute()
  return jobs.map(({ uuid }) => stagingPrefix(uuid))
}
