import { constants } from 'node:fs'
import { access } from 'node:fs/promises'
import type { Config } from '#config/config.ts'
import { createLogger } from '#config/log.ts'
import { ReelmillError } from '#errors/reelmill-error.ts'
import { startServer } from '../../server.ts'
import { boundHeap } from './bound-heap.ts'
import { waitForEndSignal } from './end-signal.ts'

interface Options {
  /** Absolute paths of videos to take in. */
  readonly files: readonly string[]
}

/** Runs the server until SIGINT or SIGTERM, and takes the given files in. */
export async function runServer(config: Config, { files }: Options): Promise<void> {
  boundHeap()
  for (const file of files) await requireReadable(file)
  const ended = waitForEndSignal()
  const log = createLogger(config)
  const server = await startServer(config, { log })
  try {
    console.log(`Reelmill is at ${server.url}`)
    console.log(`  upload and watch  ${server.url}/`)
    console.log(`  API               ${server.url}/api/docs`)
    // What these need has been read by now, while the database came up.
    const { offerFirstLogin, takeIn } = await import('./welcome.ts')
    await offerFirstLogin(server)
    for (const file of files) await takeIn(server, file)
    await ended
  } finally {
    await server.close()
  }
}

/** Fails with `source_not_found` before anything is started, and before the files beside it are taken in. */
async function requireReadable(path: string): Promise<void> {
  try {
    await access(path, constants.R_OK)
  } catch (cause) {
    throw new ReelmillError('source_not_found', `There is no file ${path}.`, { cause })
  }
}
