import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { hostname } from 'node:os'
import { join } from 'node:path'
import type { Parts } from './parts.ts'

/** Those of this very process: in a container every process has the number of the one before. */
const own = new Set<string>()

/** Whether this process works in that folder. */
export function isOwnScratch(folder: string): boolean {
  return own.has(folder)
}

/** An empty folder of this process's own, until `remove` is called. */
export async function makeScratch({ config }: Pick<Parts, 'config'>): Promise<{
  readonly folder: string
  readonly remove: () => Promise<void>
}> {
  const parent = join(config.dataDir, 'tmp')
  await mkdir(parent, { recursive: true })
  // Process and machine tell the folders of dead processes, which sweeping removes.
  const folder = await mkdtemp(join(parent, `scratch-${process.pid}@${hostname()}-`))
  own.add(folder)
  return {
    folder,
    remove: async () => {
      await rm(folder, { recursive: true, force: true })
      own.delete(folder)
    },
  }
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
