import type { Kysely } from 'kysely'
import { readConfig } from '#config/config.ts'
import { readEnvironment } from '#config/environment.ts'
import { createLogger } from '#config/log.ts'
import { openDatabase } from '#database/connect.ts'
import { migrate } from '#database/migrate.ts'
import type { Tables } from '#database/tables.ts'

/** Runs a command on this machine's own data, whether or not a server is running. */
export async function withDatabase(
  run: (database: Kysely<Tables>) => Promise<void>,
): Promise<void> {
  const config = readConfig(readEnvironment())
  const log = createLogger(config)
  const { database, close } = await openDatabase(config, log)
  try {
    await migrate(database, log)
    await run(database)
  } finally {
    await close()
  }
}
