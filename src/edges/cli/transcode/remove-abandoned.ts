import { existsSync } from 'node:fs'
import { readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Logger } from 'pino'
import { isAlive } from '#config/is-alive.ts'
import { startEmbedded } from '#database/embedded.ts'

/** The name that a workshop of this process begins with; what follows is random. */
export function workshopPrefix(): string {
  return `.reelmill-${process.pid}-`
}

/**
 * Removes the workshops beside a result whose processes were killed, with the database servers that
 * still run in them. What cannot be removed is left, and told: the work at hand does not depend on it.
 */
export async function removeAbandoned(parent: string, log: Logger): Promise<void> {
  for (const name of await readdir(parent)) {
    const pid = Number(/^\.reelmill-(\d+)-[A-Za-z0-9]{6}$/.exec(name)?.[1] ?? 0)
    if (pid === 0 || isAlive(pid)) continue
    const folder = join(parent, name)
    try {
      await stopDatabase(folder, log)
      await rm(folder, { recursive: true, force: true, maxRetries: 5 })
    } catch (error) {
      log.warn({ err: error, folder }, 'what a killed transcode left could not be removed')
    }
  }
}

/** Joined and left again: the last one out stops it. */
async function stopDatabase(dataDir: string, log: Logger): Promise<void> {
  if (!existsSync(join(dataDir, 'postgres', 'postmaster.pid'))) return
  const embedded = await startEmbedded({ dataDir, log, durable: false })
  await embedded.stop()
}
