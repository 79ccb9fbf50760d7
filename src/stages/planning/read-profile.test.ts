import assert from 'node:assert/strict'
import { readdir } from 'node:fs/promises'
import { test } from 'node:test'
import { ReelmillError } from '#errors/reelmill-error.ts'
import type { FieldProblem } from './field-problems.ts'
import { parseProfile, readProfile, validateProfile } from './read-profile.ts'

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

test('every mistake is told with its field, in words for people (U33, C-35)', () => {
  const rung = { height: 720, crf: 23, maxrateKbps: 3000 }
  const problemsOf = (value: object): unknown => {
    try {
      validateProfile({ name: 'x', video: [rung], ...value }, 'x')
      return []
    } catch (error) {
      assert.ok(error instanceof ReelmillError)
      return (error.details['problems'] as FieldProblem[]).map(
        ({ field, message }) => `${field} ${message}`,
      )
    }
  }
  assert.deepEqual(problemsOf({}), [])
  const cases: readonly [object, string][] = [
    [{ video: [{ crf: 1, maxrateKbps: 100 }] }, '/video/0/height is missing'],
    [{ video: [{ ...rung, height: 1.5 }] }, '/video/0/height must be a whole number'],
    [{ video: [{ ...rung, maxrateKbps: 1 }] }, '/video/0/maxrateKbps must be at least 16'],
    [
      { video: [{ ...rung, codec: 'mpeg2' }] },
      '/video/0/codec must be one of h264, hevc, vp9, av1',
    ],
    [{ video: [{ ...rung, crf: 60 }] }, '/video/0/crf must be at most 51 for h264'],
    [
      { video: [{ ...rung, codec: 'av1', preset: 'fast' }] },
      '/video/0/preset must be from 0 to 13 for av1',
    ],
    [{ colour: 'red' }, '/colour is not a field of profiles'],
    [{ mp4: ['large'] }, '/mp4/0 must be like "720p" or "720p-hevc"'],
    [{ mp4: ['720p-av1'] }, '/mp4/0 asks for av1, which the ladder has not'],
    [{ gopSeconds: 4, segmentSeconds: 2 }, '/segmentSeconds must be at least gopSeconds'],
    [
      { prefix: 'sources/{id}/{version}/' },
      "/prefix may not lie in sources/, which is the server's own",
    ],
    [{ prefix: '/films/{id}/{version}' }, '/prefix must be a relative path of plain names'],
    [{ prefix: 'a//{id}/{version}' }, '/prefix must be a relative path of plain names'],
    [{ prefix: '{x}/{id}/{version}' }, '/prefix must be a relative path of plain names'],
    [{ gopSeconds: 0.001 }, '/gopSeconds must be at least 0.1'],
    [{ chunkSecondsMax: 0.01 }, '/chunkSecondsMax must be at least 1'],
  ]
  for (const [value, expected] of cases) {
    assert.ok((problemsOf(value) as string[]).includes(expected), JSON.stringify(problemsOf(value)))
  }
  assert.deepEqual(problemsOf({ mp4: 3 }), ['/mp4 must be true or false or a list'])
})
