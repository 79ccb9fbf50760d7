import type { Logger } from 'pino'
import { type Config, readConfig } from '#config/config.ts'
import { readEnvironment } from '#config/environment.ts'
import { createLogger } from '#config/log.ts'
import { type OpenDatabase, openDatabase } from '#database/connect.ts'
import { migrate } from '#database/migrate.ts'
import { listen } from '#database/notifications.ts'
import { openStepQueue } from '#database/step-queue.ts'
import type { Parts } from '#flow/parts.ts'
import { openGuardedClient } from '#network/guarded-client.ts'
import { openStorage } from '#storage/open.ts'

/** This machine's own data, whether or not a server is running. */
export interface LocalPlace {
  readonly config: Config
  readonly log: Logger
  readonly opened: OpenDatabase
}

/** Opens this machine's database, brought to the schema of this program. */
export async function openLocalPlace(): Promise<LocalPlace> {
  const config = readConfig(readEnvironment())
  // What a command did, it says itself.
  const log = createLogger({ ...config, logLevel: quieten(config.logLevel) })
  const opened = await openDatabase(config, log)
  await migrate(opened.database, log)
  return { config, log, opened }
}

function quieten(level: Config['logLevel']): Config['logLevel'] {
  return level === 'info' ? 'warn' : level
}

/**
 * Runs something that needs the parts of a server that does no work of its own: what it sets off is
 * done by the server, now or when it starts.
 */
export async function withParts<T>(
  { config, log, opened: { database, connection } }: LocalPlace,
  run: (parts: Parts) => Promise<T>,
): Promise<T> {
  const storage = await openStorage(config)
  const queue = await openStepQueue(connection, log)
  const notifications = await listen(connection, log)
  const web = openGuardedClient({ allow: config.urlAllow, ports: config.urlPorts })
  try {
    return await run({ config, log, database, storage, queue, notifications, web })
  } finally {
    await web.close()
    await notifications.close()
    await queue.stop()
  }
}
