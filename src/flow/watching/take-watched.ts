import { type OpenedVersion, openVideo } from '../open-version.ts'
import type { Parts } from '../parts.ts'
import { isUnchanged, lookAt, type WatchedFile } from './list-files.ts'

/** The queue of files that were found in the watch folder. */
export const watching = 'watching'

/** What has to be done with a file; all of it is here, for the video may be deleted meanwhile. */
export interface WatchedData extends WatchedFile {
  readonly versionId: string
}

/** Thrown to take back what was written of a file that is somebody else's. */
class TakenError extends Error {
  override readonly name = 'TakenError'
}

/**
 * Makes a video of a file in the watch folder: the video, the claim to the file and the order to copy
 * it are written together. Null where another server has the file.
 */
export async function takeWatched(
  parts: Parts,
  folder: string,
  file: WatchedFile,
): Promise<OpenedVersion | null> {
  try {
    return await openVideo(
      parts,
      { profile: parts.config.watchFolderProfile },
      {
        filename: file.name,
        also: async (tx, { versionId }) => {
          const claim = await tx
            .insertInto('watched_files')
            .values({
              name: file.name,
              size_bytes: file.sizeBytes,
              modified_ms: file.modifiedMs,
              version_id: versionId,
            })
            .onConflict((conflict) => conflict.doNothing())
            .executeTakeFirst()
          if (claim.numInsertedOrUpdatedRows === 0n) throw new TakenError(file.name)
          // Who had it before us may just have ended: its row ends after its file is moved away.
          if (!isUnchanged(file, await lookAt(folder, file.name))) throw new TakenError(file.name)
          const data: WatchedData = { ...file, versionId }
          await parts.queue.enqueue(tx, watching, data)
        },
      },
    )
  } catch (error) {
    if (error instanceof TakenError) return null
    throw error
  }
}
