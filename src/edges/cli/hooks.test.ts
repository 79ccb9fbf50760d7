import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { execa } from 'execa'
import { createLogger } from '#config/log.ts'
import { connect } from '#database/connect.ts'
import { recordEvent } from '#flow/advance.ts'
import { registerHooks } from '#hooks/register.ts'
import { createTestDatabase } from '../../../test/support/database.ts'
import { insertVideoRows } from '../../../test/support/video-rows.ts'

const program = fileURLToPath(new URL('../../reelmill.ts', import.meta.url))

test('Calls of hooks are listed, and one that was given up is ordered again, from the command line (U90)', async (t) => {
  const { database, url } = await createTestDatabase(t)
  const own = connect({ connectionString: url }, createLogger({ logLevel: 'silent' }))
  t.after(own.close)
  await registerHooks(database, [{ name: 'app.onFailed', events: ['video.failed'] }])
  const { videoId } = await insertVideoRows(database)
  await own.database.transaction().execute((tx) => recordEvent(tx, videoId, 'video.failed', {}))
  const run = (...args: string[]) =>
    execa(process.execPath, [program, 'hooks', ...args], {
      env: { DATABASE_URL: url, LOG_LEVEL: 'warn' },
      reject: false,
    })
  const { stdout } = await run('list', '--state', 'waiting', '--json')
  const [call] = JSON.parse(stdout) as { id: number; hook: string; videoId: string }[]
  assert.deepEqual([call?.hook, call?.videoId], ['app.onFailed', videoId])
  assert.match((await run()).stdout, /app\.onFailed +video\.failed/)
  const refused = await run('retry', String(call?.id))
  assert.notEqual(refused.exitCode, 0)
  assert.match(refused.stderr, /no such call/)
  await database.updateTable('hook_calls').set({ state: 'failed', tries: 12 }).execute()
  assert.equal((await run('retry', String(call?.id))).exitCode, 0)
  const after = await run('list', '--video', videoId, '--json')
  assert.equal((JSON.parse(after.stdout) as { tries: number }[])[0]?.tries, 0)
})
