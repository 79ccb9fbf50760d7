import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createOpenCounter } from './open-counter.ts'

test('a caller has so many open at once, and another after one was closed', () => {
  const { enter } = createOpenCounter({ perCaller: 2, inAll: 10 })
  const leave = enter('192.0.2.1')
  assert.ok(leave)
  assert.ok(enter('192.0.2.1'))
  assert.equal(enter('192.0.2.1'), null)
  assert.ok(enter('192.0.2.2'))
  leave()
  // Said twice it frees no second place.
  leave()
  assert.ok(enter('192.0.2.1'))
  assert.equal(enter('192.0.2.1'), null)
})

test('all callers together have so many', () => {
  const { enter } = createOpenCounter({ perCaller: 2, inAll: 3 })
  const leave = enter('192.0.2.1')
  assert.ok(leave && enter('192.0.2.2') && enter('192.0.2.3'))
  assert.equal(enter('192.0.2.4'), null)
  leave()
  assert.ok(enter('192.0.2.4'))
})
