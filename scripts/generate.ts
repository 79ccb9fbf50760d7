import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createLogger } from '#config/log.ts'
import { openDatabase } from '#database/connect.ts'
import { migrate } from '#database/migrate.ts'
import { describeCatalogue } from '#errors/describe-catalogue.ts'
import { describeSchema } from '../test/support/database-schema.ts'

// Writes what is generated from the code and committed: schema.sql and the table of docs/errors.md.
// Tests compare both.

const root = join(import.meta.dirname, '..')

async function writeSchema(): Promise<void> {
  const dataDir = await mkdtemp(join(tmpdir(), 'reelmill-schema-'))
  const log = createLogger({ logLevel: 'warn' })
  const opened = await openDatabase({ databaseUrl: null, dataDir }, log, { durable: false })
  try {
    await migrate(opened.database, log)
    await writeFile(join(root, 'schema.sql'), await describeSchema(opened.database))
  } finally {
    await opened.close()
    await rm(dataDir, { recursive: true, force: true })
  }
}

async function writeErrorTable(): Promise<void> {
  const path = join(root, 'docs/errors.md')
  const page = await readFile(path, 'utf8')
  const text = page.split('\n').filter((line) => !line.startsWith('|'))
  await writeFile(path, `${text.join('\n').trimEnd()}\n\n${describeCatalogue()}\n`)
}

await writeSchema()
await writeErrorTable()
