import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readConfig } from '#config/config.ts'
import { createLogger } from '#config/log.ts'
import { type Server, startServer } from '../../src/server.ts'
import { placeProfiles } from '../support/profiles.ts'
import { type Cutting, makeLosslessProfile } from './profiles.ts'

/** A server in this process with lossless profiles, and a folder for sources. */
export interface Laboratory {
  readonly server: Server
  readonly folder: string
  close(): Promise<void>
}

/** Opens one whose profiles have these heights; everything goes when it is closed. */
export async function openLaboratory(
  cuttings: readonly Cutting[],
  heights: readonly number[],
): Promise<Laboratory> {
  const folder = await mkdtemp(join(tmpdir(), 'reelmill-lossless-'))
  const profiles = cuttings.map((cutting) => makeLosslessProfile(cutting, heights))
  await placeProfiles(folder, profiles)
  const config = readConfig(
    { LOG_LEVEL: 'error' },
    { host: '127.0.0.1', port: 0, grpcPort: 0, dataDir: folder, databaseUrl: null, storage: 'fs' },
  )
  const server = await startServer(config, { log: createLogger(config), durable: false })
  return {
    server,
    folder,
    close: async () => {
      await server.close()
      await rm(folder, { recursive: true, force: true, maxRetries: 5 })
    },
  }
}
