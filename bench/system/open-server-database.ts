import { readConfig } from '#config/config.ts'
import { createLogger } from '#config/log.ts'
import { type OpenDatabase, openDatabase } from '#database/connect.ts'

/** The embedded database of a server that runs, shared with it. */
export function openServerDatabase(dataDir: string): Promise<OpenDatabase> {
  const config = readConfig({ LOG_LEVEL: 'warn' }, { dataDir, databaseUrl: null })
  return openDatabase(config, createLogger(config))
}
