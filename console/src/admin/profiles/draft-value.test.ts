import assert from 'node:assert/strict'
import { test } from 'node:test'
import { moveEntry, pointerOf, valueAt, withValue } from './draft-value.ts'

const draft = { name: 'x', video: [{ height: 720 }, { height: 360 }], audio: { channels: 2 } }

test('a field of a profile is set where it stands, and the rest is left as it is', () => {
  const changed = withValue(draft, ['video', 1, 'height'], 480)
  assert.deepEqual(changed['video'], [{ height: 720 }, { height: 480 }])
  assert.equal(changed['audio'], draft.audio)
  assert.equal(valueAt(changed, ['video', 1, 'height']), 480)
  assert.equal(valueAt(draft, ['video', 7, 'height']), undefined)
  assert.deepEqual(withValue({}, ['audio', 'channels'], 1), { audio: { channels: 1 } })
})

test('a field that is emptied goes, with an object that has nothing else', () => {
  assert.deepEqual(withValue(draft, ['audio', 'channels'], undefined), {
    name: 'x',
    video: draft.video,
  })
  assert.deepEqual(withValue({ mp4: true }, ['mp4'], undefined), {})
})

test('rows change places, and never leave the ladder', () => {
  assert.deepEqual(moveEntry(['a', 'b', 'c'], 2, 0), ['c', 'a', 'b'])
  assert.deepEqual(moveEntry(['a', 'b'], 0, 1), ['b', 'a'])
  assert.deepEqual(moveEntry(['a', 'b'], 1, 2), ['a', 'b'])
  assert.equal(pointerOf(['video', 0, 'crf']), '/video/0/crf')
})
