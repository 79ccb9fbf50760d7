import type { Dirent } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { isKey } from '../keys.ts'
import { isAbsent, toStorageError } from './failures.ts'

/**
 * The keys below a prefix ("" or with its "/") in the order of their characters, holding one
 * folder's names at a time.
 */
export async function* listKeys(root: string, prefix: string): AsyncGenerator<string> {
  const entries = await readFolder(join(root, prefix), prefix)
  // "/" stands between "." and "0": sorting folders with it gives the order of the whole keys.
  const names = entries
    .map((entry) => (entry.isDirectory() ? `${entry.name}/` : entry.name))
    .toSorted()
  for (const name of names) {
    if (!isKey(name.replace(/\/$/, ''))) continue
    if (name.endsWith('/')) yield* listKeys(root, `${prefix}${name}`)
    else yield `${prefix}${name}`
  }
}

async function readFolder(path: string, prefix: string): Promise<Dirent[]> {
  try {
    return await readdir(path, { withFileTypes: true })
  } catch (error) {
    if (isAbsent(error)) return []
    throw toStorageError(error, prefix)
  }
}
