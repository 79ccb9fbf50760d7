import { readdir, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { Parts } from '../parts.ts'
import { spoolFolder } from './open-source.ts'

/** Removes the files of uploads that nobody can go on with any more: they are older than that. */
export async function sweepSpool({ config }: Parts): Promise<void> {
  const folder = spoolFolder(config)
  // It is made by the first who needs it.
  for (const name of await readdir(folder).catch(() => [])) {
    const path = join(folder, name)
    const info = await stat(path).catch(() => null)
    const isOver = info && Date.now() - info.mtimeMs > config.uploadExpirationSeconds * 1000
    if (isOver) await rm(path, { force: true })
  }
}
