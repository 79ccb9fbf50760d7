import assert from 'node:assert/strict'
import { test } from 'node:test'
import { countOf, formatBitRate, formatBytes, formatShare } from './amounts.ts'
import { formatAgo, formatClock, formatTaken } from './times.ts'

test('amounts are written short, and never rounded up to what they are not', () => {
  assert.deepEqual([0, 999, 1500, 999_600, 123_456_789, 5e12].map(formatBytes), [
    '0 B',
    '999 B',
    '1.5 kB',
    '1.0 MB',
    '123 MB',
    '5.0 TB',
  ])
  assert.equal(formatBitRate(2_812_000), '2.8 Mbit/s')
  assert.deepEqual([0, 0.29, 0.999, 1].map(formatShare), ['0 %', '29 %', '99 %', '100 %'])
  assert.deepEqual([countOf(1, 'video'), countOf(2, 'video')], ['1 video', '2 videos'])
})

test('times are written as people say them', () => {
  const now = Date.parse('2026-01-02T03:04:05Z')
  const ago = (seconds: number) => formatAgo(new Date(now - seconds * 1000).toISOString(), now)
  assert.deepEqual([3, 42, 61, 7200, 90_000, 40 * 86_400, -120].map(ago), [
    'just now',
    '42 s ago',
    '1 min ago',
    '2 h ago',
    '1 d ago',
    '1 mo ago',
    'in 2 min',
  ])
  assert.deepEqual([0.42, 12, 200, 7500].map(formatTaken), [
    '0.4 s',
    '12 s',
    '3 min 20 s',
    '2 h 5 min',
  ])
})

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
