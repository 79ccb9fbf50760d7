import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { createTestDatabase } from '../../../test/support/database.ts'
import { runProgram } from '../../../test/support/program.ts'

test('People and keys are made, listed and ended at the command line (C-03, C-46, U84)', async (t) => {
  const { database, url } = await createTestDatabase(t)
  const cwd = await mkdtemp(join(tmpdir(), 'reelmill-test-'))
  t.after(() => rm(cwd, { recursive: true, force: true }))
  const run = async (...args: string[]) =>
    (await runProgram(args, { cwd, env: { DATABASE_URL: url, DATA_DIR: cwd } })).stdout
  const made = JSON.parse(await run('user', 'create', 'Ada', '--role', 'admin', '--json'))
  assert.match(made.password, /^\w{20}$/)
  await run('user', 'create', 'Bea')
  await run('user', 'disable', 'bea')
  assert.match(await run('user', 'list'), /Ada +admin +- [^\n]*\nBea +uploader +20/)
  const created = await run('key', 'create', 'ci', '--role', 'uploader', '--user', 'Bea')
  assert.match(created, /^Created key: rmk_[\w-]{43}\n$/)
  const [key] = JSON.parse(await run('key', 'list', '--json'))
  assert.equal(key.hint, created.trim().slice(-4))
  await run('key', 'revoke', key.id)
  const rows = await database.selectFrom('api_keys').select('revoked_at').execute()
  assert.ok(rows[0]?.revoked_at)
  const last = await runProgram(['user', 'delete', 'Ada'], {
    cwd,
    env: { DATABASE_URL: url, DATA_DIR: cwd },
    expectCode: 1,
  })
  assert.match(last.stderr, /last administrator/)
})
