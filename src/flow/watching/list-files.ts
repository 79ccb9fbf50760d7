import { lstat, readdir } from 'node:fs/promises'
import { join } from 'node:path'

/** A file of the watch folder, as it was looked at. */
export interface WatchedFile {
  readonly name: string
  readonly sizeBytes: number
  readonly modifiedMs: number
}

/** What programs call a file that they have not finished, and what is hidden. */
const unfinished = /^\.|~$|\.(part|partial|tmp|temp|filepart|crdownload|download)$/i
const controlCharacters = /\p{Cc}/u

/** The plain files in a folder whose names are those of finished ones; links are not followed. */
export async function listFiles(folder: string): Promise<WatchedFile[]> {
  const entries = await readdir(folder, { withFileTypes: true })
  const files: WatchedFile[] = []
  for (const entry of entries) {
    if (!entry.isFile() || !isFinishedName(entry.name)) continue
    const file = await lookAt(folder, entry.name)
    if (file) files.push(file)
  }
  return files
}

/** The file as it is now; null where there is no plain file of that name. */
export async function lookAt(folder: string, name: string): Promise<WatchedFile | null> {
  try {
    const info = await lstat(join(folder, name))
    return info.isFile() ? { name, sizeBytes: info.size, modifiedMs: info.mtimeMs } : null
  } catch {
    // It went away between two looks, or its name is no text: either way it is not there for us.
    return null
  }
}

/** Whether nothing has been written to a file between two looks. */
export function isUnchanged(before: WatchedFile | null, now: WatchedFile | null): boolean {
  return before?.sizeBytes === now?.sizeBytes && before?.modifiedMs === now?.modifiedMs
}

/** Whether a name is of a file that its writer has ended, and can be kept and shown. */
export function isFinishedName(name: string): boolean {
  return !unfinished.test(name) && !controlCharacters.test(name) && name.isWellFormed()
}
