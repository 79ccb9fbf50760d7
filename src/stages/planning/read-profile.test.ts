import assert from 'node:assert/strict'
import { readdir } from 'node:fs/promises'
import { test } from 'node:test'
import { parseProfile, readProfile } from './read-profile.ts'

const shipped = new URL('../../../profiles/', import.meta.url).pathname

test('every shipped profile is valid and named as its file', async () => {
  for (const file of await readdir(shipped)) {
    const name = file.replace(/\.json$/, '')
    assert.equal((await readProfile([shipped], name)).name, name)
  }
})

test('an unknown profile, or a name that is a path, is not found', async () => {
  for (const name of ['nothing', '../package', 'a/b', '']) {
    await assert.rejects(readProfile([shipped], name), { code: 'profile_not_found' })
  }
})

test('a profile that is wrong is refused with the place of the mistake', () => {
  const text = JSON.stringify({ name: 'x', video: [{ height: 'tall', crf: 1, maxrateKbps: 100 }] })
  assert.throws(() => parseProfile(text, 'x'), {
    code: 'profile_invalid',
    message: /\/video\/0\/height/,
  })
  assert.throws(() => parseProfile('{', 'x'), { code: 'profile_invalid' })
})

test('whole files of no kind, or by unknown rules, are refused', () => {
  const parse = (wholeFiles: object) => parseProfile(JSON.stringify({ name: 'x', wholeFiles }), 'x')
  assert.equal(parse({ rules: 'marsha' }).name, 'x')
  assert.throws(() => parse({ rules: 'marsha', hls: false }), { code: 'profile_invalid' })
  assert.throws(() => parse({ rules: 'own' }), { message: /\/wholeFiles\/rules/ })
})
