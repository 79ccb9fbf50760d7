import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { execa } from 'execa'
import type { VideoView } from '#videos/video-view.ts'
import { createTestDatabase } from '../../../test/support/database.ts'
import { openTestHttpServer } from '../../../test/support/http-server.ts'
import { insertVideoRows } from '../../../test/support/video-rows.ts'
import { commandTable } from './command-table.ts'

const program = fileURLToPath(new URL('../../reelmill.ts', import.meta.url))

function reelmill(args: readonly string[], env: Record<string, string> = {}) {
  return execa(process.execPath, [program, ...args], {
    reject: false,
    extendEnv: false,
    env: { PATH: process.env['PATH'] ?? '', ...env },
  })
}

test('The help names every command, and every command has one (U84)', async () => {
  const { exitCode, stdout } = await reelmill(['--help'])
  assert.equal(exitCode, 0)
  assert.match(stdout, /Exit codes:/)
  for (const { name, load } of commandTable) {
    assert.match(stdout, new RegExp(`^  ${name} `, 'm'))
    assert.match((await load()).helpInformation(), new RegExp(`^Usage: ${name} `))
  }
})

test('serve --help lists the settings (U142)', async () => {
  const { stdout } = await reelmill(['serve', '--help'])
  for (const name of ['HOST=127.0.0.1', 'PORT=8000', 'DATABASE_URL', 'ADMIN_KEY']) {
    assert.ok(stdout.includes(name), name)
  }
})

test('Wrong use and wrong settings end with 2 and say what is wrong (U142)', async () => {
  const cases: [readonly string[], Record<string, string>, RegExp][] = [
    [['nonsense'], {}, /unknown command 'nonsense'/],
    [['videos', 'show'], {}, /missing required argument 'id'/],
    [['videos', 'list', '--limit', '0'], {}, /--limit/],
    [['videos', 'list'], { PORT: 'x' }, /PORT/],
    [['videos', 'list', '--server', 'localhost:8000'], {}, /--server.*http/],
    [['serve'], { HOST: '0.0.0.0', DATA_DIR: '/dev/null/x', PORT: '-1' }, /PORT/],
  ]
  for (const [args, env, sentence] of cases) {
    const { exitCode, stdout, stderr } = await reelmill(args, env)
    assert.deepEqual([exitCode, stdout], [2, ''], args.join(' '))
    assert.match(stderr, sentence)
  }
})

test("A machine's own videos are listed, shown and cancelled without a server (U84)", async (t) => {
  const { database, url } = await createTestDatabase(t)
  const env = { DATABASE_URL: url, LOG_LEVEL: 'error' }
  const { videoId } = await insertVideoRows(database, { name: 'Line\n\u001B[2Jbreak' })
  const list = await reelmill(['videos', 'list', '--json'], env)
  const videos = JSON.parse(list.stdout) as VideoView[]
  assert.deepEqual([list.exitCode, list.stderr], [0, ''])
  assert.deepEqual(
    videos.map(({ id }) => id),
    [videoId],
  )
  const table = await reelmill(['videos', 'list'], env)
  assert.equal(table.stdout.split('\n').length, 2)
  assert.ok(!table.stdout.includes('\u001B'))
  const shown = await reelmill(['videos', 'show', videoId, '--json'], env)
  assert.deepEqual(JSON.parse(shown.stdout), videos[0])
  const cancelled = await reelmill(['videos', 'cancel', videoId], env)
  assert.equal(cancelled.stdout, `Video ${videoId} is now: cancelled`)
  const twice = await reelmill(['videos', 'cancel', videoId], env)
  assert.deepEqual([twice.exitCode, twice.stdout], [1, ''])
  assert.match(twice.stderr, /cancelled already/)
  const deleted = await reelmill(['videos', 'delete', videoId, '--json'], env)
  assert.deepEqual(JSON.parse(deleted.stdout), { id: videoId, deleted: true })
  assert.equal((await reelmill(['videos', 'show', videoId], env)).exitCode, 1)
})

test('The videos of a server are reached with its key (U84)', async (t) => {
  const { url, parts } = await openTestHttpServer(t, { adminKey: 'the-key' })
  const { videoId } = await insertVideoRows(parts.database)
  const refused = await reelmill(['videos', 'list', '--server', url])
  assert.deepEqual([refused.exitCode, refused.stdout], [1, ''])
  assert.match(refused.stderr, /--key/)
  const wrong = await reelmill(['videos', 'list', '--server', url, '--key', 'other'])
  assert.match(wrong.stderr, /not a key of the server/)
  const list = await reelmill(['videos', 'list', '--server', url, '--key', 'the-key', '--json'])
  assert.equal((JSON.parse(list.stdout) as VideoView[])[0]?.id, videoId)
  const deleted = await reelmill(['videos', 'delete', videoId, '--server', url], {
    ADMIN_KEY: 'the-key',
  })
  assert.equal(deleted.stdout, `Deleted video: ${videoId}`)
})

test('A file that is not there is told before a server is started for it', async () => {
  const { exitCode, stdout, stderr } = await reelmill(['serve', 'absent.mp4'], {
    DATABASE_URL: 'postgres://127.0.0.1:1/x',
  })
  assert.deepEqual([exitCode, stdout], [1, ''])
  assert.match(stderr, /There is no file .*absent\.mp4/)
})

test('What is needed and not there ends with 69', async () => {
  const server = await reelmill(['videos', 'list', '--server', 'http://127.0.0.1:1'])
  assert.equal(server.exitCode, 69)
  const database = await reelmill(['videos', 'list'], { DATABASE_URL: 'postgres://127.0.0.1:1/x' })
  assert.equal(database.exitCode, 69)
  assert.match(database.stderr, /database/)
})
