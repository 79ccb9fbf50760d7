import { createHash, randomUUID } from 'node:crypto'
import { type FileHandle, mkdir, open, readdir, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { Parts } from '../parts.ts'

/** Where this machine keeps what has arrived of files that are being fetched. */
function folderOf({ config }: Pick<Parts, 'config'>): string {
  return join(config.dataDir, 'imports')
}

/**
 * The file that a version's bytes go to. Its name follows from what they are bytes of, so that two
 * processes that both think the import is theirs write the same bytes to the same places, or to
 * different files.
 */
export function partialPath(
  parts: Pick<Parts, 'config'>,
  versionId: string,
  validator: string | null,
): string {
  const what =
    validator === null ? randomUUID() : createHash('sha256').update(validator).digest('hex')
  return join(folderOf(parts), `${versionId}-${what.slice(0, 16)}`)
}

/** Opens it for writing at any place; what is there stays. */
export async function openPartial(path: string): Promise<FileHandle> {
  await mkdir(join(path, '..'), { recursive: true })
  const made = await open(path, 'a')
  await made.close()
  return open(path, 'r+')
}

/** How many bytes of it are here; 0 where it is on another machine, or nowhere. */
export async function sizeOfPartial(path: string): Promise<number> {
  const info = await stat(path).catch(() => null)
  return info?.size ?? 0
}

/** Removes what this machine has of a version's file, but for the one that is named. */
export async function removePartials(
  parts: Pick<Parts, 'config'>,
  versionId: string,
  except?: string,
): Promise<void> {
  for (const name of await listPartials(parts)) {
    const path = join(folderOf(parts), name)
    if (name.startsWith(versionId) && path !== except) await rm(path, { force: true })
  }
}

/** Names of all of them: the version's id comes first. */
export async function listPartials(parts: Pick<Parts, 'config'>): Promise<string[]> {
  // The folder is made by the first import.
  return readdir(folderOf(parts)).catch(() => [])
}
