import { ReelmillError } from '#errors/reelmill-error.ts'
import { checkKey, checkPrefix } from '#storage/keys.ts'
import { refuseOwnFolders, requireFree } from './destination.ts'
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
  if (prefix !== null) refuseOwnFolders(prefix)
  if (prefix !== null && key.startsWith(prefix)) {
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
