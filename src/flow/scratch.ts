import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { hostname } from 'node:os'
import { join } from 'node:path'
import type { Parts } from './parts.ts'

/** An empty folder of this process's own, until `remove` is called. */
export async function makeScratch({ config }: Pick<Parts, 'config'>): Promise<{
  readonly folder: string
  readonly remove: () => Promise<void>
}> {
  const parent = join(config.dataDir, 'tmp')
  await mkdir(parent, { recursive: true })
  // Process and machine tell the folders of dead processes, which sweeping removes.
  const folder = await mkdtemp(join(parent, `scratch-${process.pid}@${hostname()}-`))
  return { folder, remove: () => rm(folder, { recursive: true, force: true }) }
}

/** Lends an empty folder of this process's own, and removes it whatever happens. */
export async function withScratch<T>(
  parts: Pick<Parts, 'config'>,
  use: (folder: string) => Promise<T>,
): Promise<T> {
  const { folder, remove } = await makeScratch(parts)
  try {
    return await use(folder)
  } finally {
    await remove()
  }
}
