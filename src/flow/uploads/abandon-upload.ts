import { abandonVersions } from '../abandon-version.ts'
import type { Parts } from '../parts.ts'
import type { Hold } from './hold-upload.ts'
import { removeSource } from './open-source.ts'
import type { Upload } from './upload.ts'

/**
 * Takes an upload back: its version goes with what did arrive. One that was finished is only
 * forgotten, and its video stays.
 */
export async function abandonUpload(parts: Parts, hold: Hold, upload: Upload): Promise<void> {
  await parts.database.transaction().execute(async (tx) => {
    if (upload.versionId !== null) await abandonVersions(parts, tx, [upload.versionId])
    await tx.deleteFrom('uploads').where('id_hash', '=', hold.idHash).execute()
  })
  // Also where the video was cancelled before: then no version goes, and no order to remove files.
  if (!upload.finishedAt) await removeSource(parts, upload)
}
