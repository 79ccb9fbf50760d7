import assert from 'node:assert/strict'
import { test } from 'node:test'
import { checkPreferences } from './preferences.ts'

test('Of what was kept, what is as it should be is taken over', () => {
  const kept = { volume: 0.4, isMuted: true, speed: 1.5, captions: 'en' }
  assert.deepEqual(checkPreferences(kept), kept)
  assert.deepEqual(checkPreferences({ volume: 7, speed: 'fast', captions: 3 }), {
    volume: 1,
    isMuted: false,
    speed: 1,
    captions: null,
  })
  assert.deepEqual(checkPreferences(null), checkPreferences({}))
})
