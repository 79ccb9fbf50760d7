import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Config, readConfig } from '#config/config.ts'
import { createLogger } from '#config/log.ts'
import { listen } from '#database/notifications.ts'
import { openStepQueue } from '#database/step-queue.ts'
import type { Parts } from '#flow/parts.ts'
import { openGuardedClient } from '#network/guarded-client.ts'
import { openStorage } from '#storage/open.ts'
import { createTestDatabase } from './database.ts'

/** The parts of a server on a real database and a real folder, without edges; they end with `t`. */
export async function openTestParts(
  t: { readonly after: (hook: () => Promise<void> | void) => void },
  settings: Partial<Config> = {},
): Promise<Parts> {
  const { database, connection, url: databaseUrl } = await createTestDatabase(t)
  const dataDir = await mkdtemp(join(tmpdir(), 'reelmill-test-'))
  const config = readConfig({}, { logLevel: 'silent', dataDir, databaseUrl, ...settings })
  const log = createLogger(config)
  const queue = await openStepQueue(connection, log)
  const notifications = await listen(connection, log)
  const web = openGuardedClient({ allow: config.urlAllow, ports: config.urlPorts })
  t.after(async () => {
    await web.close()
    await notifications.close()
    await queue.stop(0)
    await rm(dataDir, { recursive: true, force: true })
  })
  const storage = await openStorage(config)
  return { config, log, database, storage, queue, notifications, web }
}
