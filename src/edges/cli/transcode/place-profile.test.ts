import assert from 'node:assert/strict'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import { isWholeFileProfile } from '#stages/planning/profile.ts'
import { readProfile } from '#stages/planning/read-profile.ts'
import { makeFolder } from '../../../../test/support/files.ts'
import { tinyProfile } from '../../../../test/support/profiles.ts'
import { placeProfile } from './place-profile.ts'

test('A profile that comes with Reelmill is settled for one video alone', async (t) => {
  const dataDir = await makeFolder(t)
  assert.equal(await placeProfile('default', dataDir), 'default')
  const placed = await readProfile([join(dataDir, 'profiles')], 'default')
  assert.ok(!isWholeFileProfile(placed))
  assert.equal(placed.playableEarly, false)
  assert.equal(placed.chunkSecondsMax, 600)
})

test('What the file of a profile says holds', async (t) => {
  const dataDir = await makeFolder(t)
  const path = join(dataDir, 'tiny.json')
  const said = { ...tinyProfile, playableEarly: true, chunkSecondsMax: 6 }
  await writeFile(path, JSON.stringify(said))
  const name = await placeProfile(path, dataDir)
  assert.deepEqual(await readProfile([join(dataDir, 'profiles')], name), said)
})

test('A profile that nobody has is not found, by name and by file', async (t) => {
  const dataDir = await makeFolder(t)
  const missing = { code: 'profile_not_found' }
  await assert.rejects(placeProfile('none', dataDir), missing)
  await assert.rejects(placeProfile(join(dataDir, 'none.json'), dataDir), missing)
})
