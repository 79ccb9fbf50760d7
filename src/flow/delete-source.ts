import type { Parts } from './parts.ts'
import { activeStates } from './states.ts'

/**
 * Removes the source of a video's latest version from the storage, also one of the application's, once
 * nothing needs it (D-10). Not while the version is on its journey or a runner is to read it for
 * something else.
 *
 * @returns whether it was removed: `in_use`, or `absent` where there is none any more.
 */
export async function deleteSource(
  parts: Parts,
  videoId: string,
): Promise<'removed' | 'in_use' | 'absent'> {
  const version = await parts.database
    .selectFrom('versions')
    .innerJoin('videos', (join) =>
      join
        .onRef('videos.id', '=', 'versions.video_id')
        .onRef('videos.latest_version', '=', 'versions.number'),
    )
    .select(['versions.id', 'versions.state', 'source_key'])
    .where('videos.id', '=', videoId)
    .executeTakeFirst()
  if (!version) return 'absent'
  const { id, state, source_key: key } = version
  const isActive = (activeStates as readonly string[]).includes(state)
  if (isActive || (await hasOpenJobs(parts, id))) return 'in_use'
  if ((await parts.storage.head(key)) === null) {
    parts.log.warn({ videoId, key }, 'there is no source to remove any more')
    return 'absent'
  }
  await parts.storage.delete(key)
  return 'removed'
}

async function hasOpenJobs({ database }: Parts, versionId: string): Promise<boolean> {
  const open = await database
    .selectFrom('jobs')
    .select('id')
    .where('version_id', '=', versionId)
    .where('state', 'in', ['pending', 'processing', 'waiting_for_parent', 'completing'])
    .limit(1)
    .executeTakeFirst()
  return open !== undefined
}
