import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createOfferSpread } from './spread-offers.ts'

test('runners that ask at the same time are told different jobs first (D-52, D-101)', () => {
  const { arrange, inTheAir } = createOfferSpread()
  assert.deepEqual(arrange(1, [7, 8, 9], 0), [7, 8, 9])
  assert.deepEqual(arrange(2, [7, 8, 9], 1), [8, 9, 7])
  assert.deepEqual(arrange(3, [7, 8, 9], 2), [9, 7, 8])
  assert.equal(inTheAir(2), 3)
  // Everything is told to somebody: still nobody gets an empty list.
  assert.deepEqual(arrange(4, [7, 8, 9], 3), [7, 8, 9])
  assert.deepEqual(arrange(5, [], 4), [])
})

test('who asks again is told the same, and after a moment anybody is', () => {
  const { arrange, inTheAir } = createOfferSpread()
  arrange(1, [7, 8], 0)
  assert.deepEqual(arrange(1, [7, 8], 100), [7, 8])
  assert.deepEqual(arrange(2, [7, 8], 399), [8, 7])
  assert.deepEqual(arrange(3, [7], 402), [7])
  assert.equal(inTheAir(10_000), 0)
})

test('what is remembered has a limit', () => {
  const { arrange, inTheAir } = createOfferSpread()
  for (let id = 0; id < 1000; id += 1) arrange(id, [id], 0)
  assert.ok(inTheAir(0) <= 250)
})
