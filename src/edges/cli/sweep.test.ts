import assert from 'node:assert/strict'
import { mkdir, readdir, utimes, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { test } from 'node:test'
import { makeFolder } from '../../../test/support/files.ts'
import { runProgram } from '../../../test/support/program.ts'
import { endAll } from '../../../test/support/server-program.ts'

test('sweep tells what no video has, and removes it (U16, WC13)', async (t) => {
  const dataDir = await makeFolder(t)
  t.after(() => endAll(dataDir))
  const video = '00000000-0000-4000-8000-000000000000'
  const orphan = join(dataDir, 'storage', 'videos', video, '1', '360p', '0.m4s')
  await mkdir(dirname(orphan), { recursive: true })
  await writeFile(orphan, '0123456789')
  const sweep = async (...args: string[]) => {
    const options = { cwd: dataDir, env: { DATA_DIR: dataDir } }
    const { stdout } = await runProgram(['sweep', '--json', ...args], options)
    return JSON.parse(stdout) as unknown
  }
  const none = { dryRun: true, orphans: { objects: 0, bytes: 0 }, missing: [] }
  assert.deepEqual(await sweep('--dry-run'), none, 'it may be somebody at work')
  const yesterday = new Date(Date.now() - 25 * 3_600_000)
  await utimes(orphan, yesterday, yesterday)
  const found = { objects: 1, bytes: 10 }
  assert.deepEqual(await sweep('--dry-run'), { ...none, orphans: found })
  assert.deepEqual(await sweep(), { ...none, dryRun: false, orphans: found })
  assert.deepEqual(await readdir(join(dataDir, 'storage')), [])
})
