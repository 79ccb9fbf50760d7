import type { Transaction } from 'kysely'
import type { Tables } from '#database/tables.ts'
import { ReelmillError } from '#errors/reelmill-error.ts'
import { cancelJobs } from '#jobs/cancel.ts'
import { stagingPrefix } from '#jobs/result.ts'
import { requireRevision } from '#videos/require-revision.ts'
import { advance, recordEvent } from './advance.ts'
import { lockLatestVersion } from './cancel-video.ts'
import type { Parts } from './parts.ts'
import { keptColumns, placesOf } from './remove-files.ts'
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
    const ids = await lockVersions(tx, videoId)
    const version = await lockLatestVersion(tx, videoId)
    if (revision !== null) await requireRevision(tx, videoId, revision)
    await advance(parts, tx, { versionId: version.id, from: activeStates, to: 'cancelled' })
    const staged = await listStaging(tx, videoId)
    for (const id of ids) await cancelJobs(tx, id)
    const versions = await tx
      .selectFrom('versions')
      .select(keptColumns)
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

/**
 * All of them, in the order of whoever takes several, and before the video's row: an older version
 * that is just being published has its own row, and waits for the video's.
 */
async function lockVersions(tx: Transaction<Tables>, videoId: string): Promise<readonly string[]> {
  const versions = await tx
    .selectFrom('versions')
    .select('id')
    .where('video_id', '=', videoId)
    .orderBy('id')
    .forNoKeyUpdate()
    .execute()
  return versions.map(({ id }) => id)
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
