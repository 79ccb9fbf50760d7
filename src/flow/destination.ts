import { type Kysely, sql } from 'kysely'
import type { Tables } from '#database/tables.ts'
import { ReelmillError } from '#errors/reelmill-error.ts'
import { ownFolders } from '#stages/planning/check-profile.ts'

/** What profiles put the folders of videos in: folders of others may lie below, but not be these. */
const sharedFolders = ['videos/', 'vod/']

/**
 * Refuses what can be no video's folder, for that goes with the video: the whole storage, and folders
 * in which Reelmill keeps what belongs to other videos.
 *
 * @param prefix - of `checkPrefix`.
 * @throws ReelmillError `key_invalid`.
 */
export function refuseOwnFolders(prefix: string): void {
  const [folder = ''] = prefix.split('/')
  if (prefix !== '' && !ownFolders.includes(folder) && !sharedFolders.includes(prefix)) return
  const message = 'The destination may not be the whole storage, nor a folder of Reelmill itself.'
  throw new ReelmillError('key_invalid', message, { details: { key: prefix } })
}

/** One video at a time is given its folder, so that of two that want the same one is refused. */
export async function lockDestinations(tx: Kysely<Tables>): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtext('reelmill.destinations'))`.execute(tx)
}

/**
 * Refuses a folder where another version has it, one around it or one inside. Nobody else is given one
 * until `tx` ends.
 *
 * @throws ReelmillError `destination_taken`.
 */
export async function requireFree(
  tx: Kysely<Tables>,
  prefix: string,
  versionId: string,
): Promise<void> {
  await lockDestinations(tx)
  await refuseTaken(tx, prefix, versionId)
}

/**
 * The same where `tx` has locked all destinations already.
 *
 * @throws ReelmillError `destination_taken`.
 */
export async function refuseTaken(
  tx: Kysely<Tables>,
  prefix: string,
  versionId: string,
): Promise<void> {
  const taken = await tx
    .selectFrom('versions')
    .select('video_id')
    .where('id', '<>', versionId)
    .where(sql<boolean>`(starts_with(prefix, ${prefix}) or starts_with(${prefix}, prefix))`)
    .limit(1)
    .executeTakeFirst()
  if (!taken) return
  throw new ReelmillError('destination_taken', undefined, { details: { videoId: taken.video_id } })
}
