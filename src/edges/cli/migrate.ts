import { Command } from 'commander'
import { readConfig } from '#config/config.ts'
import { readEnvironment } from '#config/environment.ts'
import { createLogger } from '#config/log.ts'
import { openDatabase } from '#database/connect.ts'
import { migrate } from '#database/migrate.ts'
import { printJson } from './print.ts'

/** `migrate`: what every server does at its start, for those who want it done before (U126). */
export function migrateCommand(): Command {
  return new Command('migrate')
    .description('Bring the database to the schema of this program; a server does so by itself.')
    .option('--json', 'one JSON document on standard output')
    .action(async ({ json }: { readonly json?: true }) => {
      const config = readConfig(readEnvironment())
      const log = createLogger(config)
      const { database, close } = await openDatabase(config, log)
      try {
        const applied = await migrate(database, log)
        if (json) printJson({ applied })
        else console.log(`Applied migrations: ${applied}`)
      } finally {
        await close()
      }
    })
}
