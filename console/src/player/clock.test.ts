import assert from 'node:assert/strict'
import { test } from 'node:test'
import { formatClock, parseStart, speakClock } from './clock.ts'

test('A clock shows minutes and seconds, and hours where the video has any', () => {
  assert.equal(formatClock(7), '0:07')
  assert.equal(formatClock(725.9), '12:05')
  assert.equal(formatClock(7, 3725), '0:00:07')
  assert.equal(formatClock(3725), '1:02:05')
})

test('A length that is not known yet is shown as nothing, not as NaN', () => {
  assert.equal(formatClock(Number.NaN), '0:00')
  assert.equal(formatClock(5, Number.POSITIVE_INFINITY), '0:05')
})

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
