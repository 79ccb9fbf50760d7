import assert from 'node:assert/strict'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import { createTestDatabase } from '../../../test/support/database.ts'
import { makeFolder } from '../../../test/support/files.ts'
import { runProgram } from '../../../test/support/program.ts'

test('Profiles are shown, saved and deleted at the command line (C-35, U33, U84)', async (t) => {
  const { url } = await createTestDatabase(t)
  const cwd = await makeFolder(t)
  const env = { DATABASE_URL: url, DATA_DIR: cwd, RUNNERS: '0' }
  const run = async (...args: string[]) => (await runProgram(args, { cwd, env })).stdout
  assert.match(await run('profiles'), /default +shipped +- +0 +H\.264 and AAC/)

  const profile = JSON.parse(await run('profiles', 'show', 'default'))
  const file = join(cwd, 'edited.json')
  await writeFile(file, JSON.stringify({ ...profile, mp4: ['720p'] }))
  const saved = await run('profiles', 'set', 'default', file, '--note', 'to take along')
  assert.equal(saved, 'Saved default: version 1 holds now.\n')
  assert.match(await run('profiles', 'versions', 'default'), /^1 .* command line of .*take along$/m)
  const shown = JSON.parse(await run('profiles', 'show', 'default', '--json'))
  assert.deepEqual([shown.origin, shown.profile.mp4], ['stored', ['720p']])

  await writeFile(file, JSON.stringify({ ...profile, video: [{ height: 'tall' }] }))
  const refused = await runProgram(['profiles', 'set', 'default', file], {
    ...{ cwd, env, expectCode: 1 },
  })
  assert.match(refused.stderr, /\/video\/0\//)
  await run('profiles', 'delete', 'default')
  assert.match(await run('profiles'), /default +shipped/)
})
