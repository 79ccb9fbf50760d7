import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Look, pauseUntilLook } from './look-again.ts'

const grown: Look = { wanted: 3, known: 2, readFor: 2, sinceMs: 60_000, isInPicture: false }

test('A rendition that the master playlist had not is looked for at once, or soon after a start', () => {
  assert.equal(pauseUntilLook(grown), 0)
  assert.equal(pauseUntilLook({ ...grown, sinceMs: 1500 }), 3500)
})

test('What has to come first is waited for: the playlist itself, and the end of a small window', () => {
  assert.equal(pauseUntilLook({ ...grown, known: 0 }), null)
  assert.equal(pauseUntilLook({ ...grown, isInPicture: true }), null)
})

test('What is known is not looked for, nor a second time what was looked for in vain', () => {
  assert.equal(pauseUntilLook({ ...grown, known: 3 }), null)
  assert.equal(pauseUntilLook({ ...grown, readFor: 3 }), null)
})
