import assert from 'node:assert/strict'
import { test } from 'node:test'
import { keepPace, type Pace } from './pace.ts'
import { addUp, type KeptFile, titleOf, toUpload } from './upload.ts'

const file: KeptFile = {
  id: 'a',
  name: 'a.mp4',
  size: 100,
  meta: { title: 'A' },
  progress: { bytesUploaded: 40, uploadStarted: 1 },
}
const active = { isActive: true, isCut: false, bytesPerSecond: 10, problem: null }

test('A title is the base name of the file (C-04)', () => {
  assert.deepEqual(['holiday.mov', 'a.b.mp4', '.mp4', 'film'].map(titleOf), [
    'holiday',
    'a.b',
    '.mp4',
    'film',
  ])
})

test('An upload is shown as what it is: sent, paused, cut off, lost with a reload, failed, done (C-05, U2)', () => {
  const phase = (changes: Partial<KeptFile>, sending = {}) =>
    toUpload({ ...file, ...changes }, { ...active, ...sending }).phase
  assert.equal(phase({ progress: {} }, { isActive: false }), 'waiting')
  assert.equal(phase({}), 'sending')
  assert.equal(phase({}, { isCut: true }), 'cut')
  assert.equal(phase({ isPaused: true }), 'paused')
  assert.equal(phase({}, { isActive: false }), 'paused')
  assert.equal(phase({ isGhost: true }), 'lost')
  assert.equal(phase({ error: 'no' }), 'failed')
  assert.equal(phase({ progress: { uploadComplete: true } }), 'done')
})

test('Several uploads are added up by their bytes', () => {
  const { share, left, secondsLeft } = addUp([
    toUpload(file, active),
    toUpload({ ...file, progress: { uploadComplete: true } }, active),
    toUpload({ ...file, progress: {} }, { ...active, isActive: false }),
  ])
  assert.deepEqual([share, left, secondsLeft], [0.7, 1, 6])
})

test('The pace is smooth, and begins anew where an upload goes back', () => {
  let pace: Pace | null = null
  for (let second = 0; second < 30; second += 1) pace = keepPace(pace, second * 1000, second * 500)
  assert.ok(Math.abs((pace?.bytesPerSecond ?? 0) - 500) < 1)
  assert.equal(keepPace(pace, 29_100, 14_600), pace)
  assert.equal(keepPace(pace, 31_000, 0).bytesPerSecond, null)
})
