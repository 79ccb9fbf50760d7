import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { execa } from 'execa'
import type { Logger } from 'pino'
import { type Config, readConfig } from '#config/config.ts'
import { createLogger } from '#config/log.ts'
import { type OpenDatabase, openDatabase } from '#database/connect.ts'
import { migrate } from '#database/migrate.ts'
import { listen } from '#database/notifications.ts'
import { openStepQueue } from '#database/step-queue.ts'
import { buildHttpServer } from '#edges/http/server.ts'
import { runnerProtocol } from '#edges/runner-protocol/runner-protocol.ts'
import { describeCatalogue } from '#errors/describe-catalogue.ts'
import { openGuardedClient } from '#network/guarded-client.ts'
import { openMemoryStorage } from '#storage/memory/driver.ts'
import { describeSchema } from '../test/support/database-schema.ts'
import { describeClient, type OpenApi } from './client-schema.ts'

// Writes what is generated from the code and committed: schema.sql, openapi.json, the table of
// docs/errors.md and the types of the client. Tests compare them.

const clientSchema = 'src/client/schema.ts'
const root = join(import.meta.dirname, '..')

async function writeSchemaAndApi(): Promise<void> {
  const dataDir = await mkdtemp(join(tmpdir(), 'reelmill-generate-'))
  const config = readConfig({}, { logLevel: 'warn', dataDir })
  const log = createLogger(config)
  const opened = await openDatabase(config, log, { durable: false })
  try {
    await migrate(opened.database, log)
    await writeFile(join(root, 'schema.sql'), await describeSchema(opened.database))
    await writeApi({ config, log, opened })
  } finally {
    await opened.close()
    await rm(dataDir, { recursive: true, force: true })
  }
}

interface Place {
  readonly config: Config
  readonly log: Logger
  readonly opened: OpenDatabase
}

async function writeApi({ config, log, opened }: Place): Promise<void> {
  const { database, connection } = opened
  const notifications = await listen(connection, log)
  const queue = await openStepQueue(connection, log)
  const storage = openMemoryStorage()
  const web = openGuardedClient({ allow: config.urlAllow, ports: config.urlPorts })
  const parts = { config, log, database, storage, queue, notifications, web }
  const app = await buildHttpServer(parts)
  await app.register(runnerProtocol(parts), { prefix: '/api/v1/runners' })
  const headers = { host: 'localhost' }
  const { payload } = await app.inject({ url: '/api/openapi.json', headers })
  await writeFile(join(root, 'openapi.json'), `${JSON.stringify(JSON.parse(payload), null, 2)}\n`)
  await app.close()
  await web.close()
  await notifications.close()
  await queue.stop(0)
}

async function writeErrorTable(): Promise<void> {
  const path = join(root, 'docs/errors.md')
  const page = await readFile(path, 'utf8')
  const text = page.split('\n').filter((line) => !line.startsWith('|'))
  await writeFile(path, `${text.join('\n').trimEnd()}\n\n${describeCatalogue()}\n`)
}

/** Formatted, so that it can be read. */
async function writeClient(): Promise<void> {
  const api = JSON.parse(await readFile(join(root, 'openapi.json'), 'utf8')) as OpenApi
  await writeFile(join(root, clientSchema), describeClient(api))
  await execa('biome', ['format', '--write', clientSchema], { cwd: root, preferLocal: true })
}

await writeSchemaAndApi()
await writeErrorTable()
await writeClient()
