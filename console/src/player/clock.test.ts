import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parseStart, speakClock } from './clock.ts'

test('A clock is spoken in words with their plurals', () => {
  assert.equal(speakClock(3723), '1 hour 2 minutes 3 seconds')
  assert.equal(speakClock(61), '1 minute 1 second')
  assert.equal(speakClock(0), '0 seconds')
})

test('A start time is read as people write it, and nothing else is', () => {
  assert.equal(parseStart('90'), 90)
  assert.equal(parseStart('90.5s'), 90.5)
  assert.equal(parseStart('1m30s'), 90)
  assert.equal(parseStart('1h2m3s'), 3723)
  assert.equal(parseStart('1:30'), 90)
  assert.equal(parseStart('1:02:03'), 3723)
  for (const text of ['', 'x', '-5', '1m3', '1:2:3:4', '5e3']) assert.equal(parseStart(text), null)
})
