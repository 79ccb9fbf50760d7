import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { setTimeout as delay } from 'node:timers/promises'
import pg from 'pg'
import { createLogger } from '#config/log.ts'
import type { Connection } from './connection.ts'
import { type EmbeddedPostgres, startEmbedded } from './embedded.ts'

const log = createLogger({ logLevel: 'silent' })

async function scratch(t: TestContext): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'reelmill-embedded-'))
  t.after(async () => {
    // Hooks run in the order in which they were made: servers first, then their folder.
    await Promise.all(servers.splice(0).map((server) => server.stop()))
    await rm(folder, { recursive: true, force: true })
  })
  return folder
}

const servers: EmbeddedPostgres[] = []

/** A server of the folder, stopped at the end of the test at the latest. */
async function start(dataDir: string): Promise<EmbeddedPostgres> {
  const server = await startEmbedded({ dataDir, log, durable: false })
  servers.push(server)
  return server
}

async function ask(connection: Connection, sql: string): Promise<string> {
  const client = new pg.Client(connection)
  await client.connect()
  try {
    const { rows } = await client.query<{ answer: unknown }>(sql)
    return String(rows[0]?.answer)
  } finally {
    await client.end()
  }
}

const whoIs = `select pg_postmaster_start_time() || ' ' || pg_backend_pid() * 0 as answer`

test('a process that starts and stops leaves no server running, and what it wrote stays', async (t) => {
  const dataDir = await scratch(t)
  const first = await start(dataDir)
  await ask(first.connection, 'create table kept as select 42 as answer')
  await first.stop()
  await first.stop()
  await assert.rejects(ask(first.connection, 'select 1 as answer'))
  const second = await start(dataDir)
  assert.equal(await ask(second.connection, 'select answer from kept'), '42')
})

test('several users of one folder that start at once share a server, and the last one stops it', async (t) => {
  const dataDir = await scratch(t)
  const [one, two, three] = await Promise.all([1, 2, 3].map(() => start(dataDir)))
  assert.ok(one && two && three)
  const started = await ask(one.connection, whoIs)
  assert.equal(await ask(two.connection, whoIs), started)
  await one.stop()
  await two.stop()
  assert.equal(await ask(three.connection, whoIs), started)
  await three.stop()
  await assert.rejects(ask(three.connection, 'select 1 as answer'))
  assert.deepEqual(await readdir(dataDir), ['postgres'])
})

test('a server left running by a killed process is used again and then stopped (U135)', async (t) => {
  const dataDir = await scratch(t)
  const program = `
    import { createLogger } from '#config/log.ts'
    import { startEmbedded } from '#database/embedded.ts'
    await startEmbedded({ dataDir: process.argv[1], log: createLogger({ logLevel: 'silent' }), durable: false })
    process.stdout.write('up')`
  const child = spawn(process.execPath, ['--input-type=module', '-e', program, dataDir], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  await once(child.stdout, 'data')
  child.kill('SIGKILL')
  await once(child, 'exit')
  const connection = {
    host: join(dataDir, 'postgres'),
    port: 5432,
    user: 'reelmill',
    database: 'postgres',
  }
  const started = await ask(connection, whoIs)
  const heir = await start(dataDir)
  assert.equal(await ask(heir.connection, whoIs), started)
  await heir.stop()
  await assert.rejects(ask(connection, 'select 1 as answer'))
})

test('a server that is killed is started again by its users (U135)', async (t) => {
  const dataDir = await scratch(t)
  const server = await start(dataDir)
  const started = await ask(server.connection, whoIs)
  const pid = await ask(
    server.connection,
    `select split_part(pg_read_file('postmaster.pid'), E'\\n', 1) as answer`,
  )
  process.kill(Number(pid), 'SIGKILL')
  let again = started
  while (again === started) {
    await delay(20)
    again = await ask(server.connection, whoIs).catch(() => started)
  }
})

test('a stale postmaster.pid that names a living process does not keep the server down', async (t) => {
  const dataDir = await scratch(t)
  const first = await start(dataDir)
  await first.stop()
  const folder = join(dataDir, 'postgres')
  const stale = [process.ppid, folder, 1, 5432, '.', '', '  1 1', 'ready   ', ''].join('\n')
  await writeFile(join(folder, 'postmaster.pid'), stale)
  const second = await start(dataDir)
  assert.equal(await ask(second.connection, 'select 1 as answer'), '1')
})

test('a folder whose path is too long for a socket works all the same', async (t) => {
  const dataDir = join(await scratch(t), 'long'.repeat(30), 'deep'.repeat(20))
  const server = await start(dataDir)
  assert.equal(await ask(server.connection, 'select 1 as answer'), '1')
})

test('A DATA_DIR that is no folder is refused by the name of the setting', async (t) => {
  const file = join(await scratch(t), 'file')
  await writeFile(file, '')
  await assert.rejects(start(file), { code: 'invalid_setting', message: /^DATA_DIR/ })
})
