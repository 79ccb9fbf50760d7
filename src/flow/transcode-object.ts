import { type Kysely, sql } from 'kysely'
import type { Tables } from '#database/tables.ts'
import { ReelmillError } from '#errors/reelmill-error.ts'
import { checkKey, checkPrefix } from '#storage/keys.ts'
import { endUpload } from './end-upload.ts'
import { openVideo, type VideoDetails } from './open-version.ts'
import type { Parts } from './parts.ts'
import { measureObject } from './take-object.ts'

/** An object of the application's in the storage, and where what is made of it goes. */
export interface ObjectOrder extends VideoDetails {
  readonly key: string
  /** Folder in the storage; the profile's when left out. */
  readonly destination?: string | undefined
}

/**
 * Makes a video of an object that is in the storage already, with its output in a folder that the
 * application chooses (D-03). The object is read where it is, and stays the application's.
 *
 * @returns the video's id.
 * @throws ReelmillError `source_not_found` and nothing is made (D-04); `destination_taken` where
 * another video has that folder, one around it or one inside; `key_invalid`, `source_empty`,
 * `source_too_many_bytes`, `profile_not_found`.
 */
export async function transcodeObject(
  parts: Parts,
  { key, destination, ...details }: ObjectOrder,
): Promise<string> {
  checkKey(key)
  const prefix = destination === undefined ? null : checkPrefix(destination)
  if (prefix !== null && (prefix === '' || key.startsWith(prefix))) {
    throw new ReelmillError('key_invalid', 'The source must lie outside the destination.')
  }
  const sizeBytes = await measureObject(parts, key)
  const { videoId } = await openVideo(parts, details, {
    filename: key.slice(key.lastIndexOf('/') + 1),
    sourceKey: () => key,
    ownsSource: false,
    ...(prefix !== null && { prefix: () => prefix }),
    // Together with the rows: nobody else would begin the journey, should this process die.
    also: async (tx, { versionId }) => {
      if (prefix !== null) await requireFree(tx, prefix, versionId)
      await endUpload(parts, tx, { versionId, sizeBytes })
    },
  })
  return videoId
}

/** One video at a time is given its folder, so that of two that want the same one is refused. */
async function requireFree(tx: Kysely<Tables>, prefix: string, versionId: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtext('reelmill.destinations'))`.execute(tx)
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
