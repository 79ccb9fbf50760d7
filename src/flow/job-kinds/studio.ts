import { dirname } from 'node:path'
import { ReelmillError } from '#errors/reelmill-error.ts'
import type { JobRow } from '#jobs/job.ts'
import { fillPrefix } from '#stages/planning/output-prefix.ts'
import { advance, recordEvent } from '../advance.ts'
import { chooseProfileOfVideo } from '../choose-profile.ts'
import type { JobKind } from './job-kind.ts'
import { stagedFile } from './staged-path.ts'

/**
 * An edited video becomes a new version of the video, which goes the whole way from probing; the one
 * that was edited plays until then (runner protocol 2.4).
 */
export const studio: JobKind = {
  files: ['videoFile'],
  fields: [],
  complete: async (parts, completion) => {
    const { job, version } = completion
    const file = stagedFile(completion, 'videoFile')
    const { latest_version: latest, profile: profileName } = await parts.database
      .selectFrom('videos')
      .select(['latest_version', 'profile'])
      .where('id', '=', version.video_id)
      .executeTakeFirstOrThrow(() => new ReelmillError('video_not_found'))
    const number = latest + 1
    const profile = await chooseProfileOfVideo(parts, profileName)
    // A name of this job's own: of two edits that come at once, only one gets the number.
    const sourceKey = `sources/${version.video_id}/${number}/source-${job.uuid}`
    // Copied: when this run is cut off, the next one finds the staged file where it was.
    await parts.storage.copy(file.key, sourceKey)
    return async (tx) => {
      const { numUpdatedRows } = await tx
        .updateTable('videos')
        .set({ latest_version: number })
        .where('id', '=', version.video_id)
        .where('latest_version', '=', latest)
        .executeTakeFirst()
      // Another version came in between: the next try takes the number after it.
      if (numUpdatedRows === 0n) throw new ReelmillError('internal', 'A version came in between.')
      await tx
        .insertInto('versions')
        .values({
          // One job makes one version, however often this runs.
          id: job.uuid,
          video_id: version.video_id,
          number,
          state: 'uploading',
          source_key: sourceKey,
          source_name: version.source_name,
          source_bytes: file.sizeBytes,
          prefix: fillPrefix(profile, {
            videoId: version.video_id,
            version: number,
            stamp: number,
          }),
          base_name: version.base_name,
        })
        .execute()
      const prefixes = listTaskFolders(job.private_payload)
      if (prefixes.length > 0) await parts.queue.enqueue(tx, 'removing', { prefixes })
      await recordEvent(tx, version.video_id, 'video.edited', { version: number })
      await advance(parts, tx, { versionId: job.uuid, from: 'uploading', to: 'probing' })
    }
  },
}

/** Where the intros and watermarks of an edit lie: with the edit done, nobody reads them again. */
function listTaskFolders({ taskFiles }: JobRow['private_payload']): string[] {
  const keys: unknown[] = Object.values(taskFiles ?? {})
  const folders = keys.filter((key) => typeof key === 'string').map((key) => dirname(key))
  return [...new Set(folders)].map((folder) => `${folder}/`)
}
