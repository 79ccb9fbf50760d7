import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readKey } from './key-actions.ts'

const bare = { ctrlKey: false, metaKey: false, altKey: false }

test('Keys mean what they mean elsewhere, in capitals too', () => {
  assert.deepEqual(readKey({ ...bare, key: ' ' }), { do: 'toggle-play' })
  assert.deepEqual(readKey({ ...bare, key: 'K' }), { do: 'toggle-play' })
  assert.deepEqual(readKey({ ...bare, key: 'j' }), { do: 'seek-by', seconds: -10 })
  assert.deepEqual(readKey({ ...bare, key: 'ArrowRight' }), { do: 'seek-by', seconds: 5 })
  assert.deepEqual(readKey({ ...bare, key: '7' }), { do: 'seek-to', share: 0.7 })
  assert.deepEqual(readKey({ ...bare, key: '>' }), { do: 'speed-by', steps: 1 })
  assert.deepEqual(readKey({ ...bare, key: '?' }), { do: 'toggle-help' })
})

test('Shortcuts of the browser, and keys that mean nothing, are left alone', () => {
  assert.equal(readKey({ ...bare, key: 'f', ctrlKey: true }), null)
  assert.equal(readKey({ ...bare, key: 'l', metaKey: true }), null)
  assert.equal(readKey({ ...bare, key: 'Tab' }), null)
  assert.equal(readKey({ ...bare, key: 'constructor' }), null)
})
