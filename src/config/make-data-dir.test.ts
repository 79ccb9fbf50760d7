import assert from 'node:assert/strict'
import { chmod, mkdtemp, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { makeDataDir } from './make-data-dir.ts'

test('a new DATA_DIR is closed to others, and one that is there is left as it is (U116)', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'reelmill-test-'))
  t.after(() => rm(folder, { recursive: true, force: true }))
  const dataDir = join(folder, 'data')
  await makeDataDir(dataDir)
  const modeOf = async () => (await stat(dataDir)).mode & 0o777
  assert.equal((await modeOf()) & 0o066, 0)
  await chmod(dataDir, 0o750)
  await makeDataDir(dataDir)
  assert.equal(await modeOf(), 0o750)
})

test('a DATA_DIR that cannot be is a wrong setting', async () => {
  await assert.rejects(makeDataDir('/dev/null/x'), { code: 'invalid_setting' })
})
