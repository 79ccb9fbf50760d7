import assert from 'node:assert/strict'
import { test } from 'node:test'
import { backOffMs } from './back-off.ts'

test('a job rests twice as long after each failure, up to a minute', () => {
  assert.deepEqual([1, 2, 3, 7, 50].map(backOffMs), [1000, 2000, 4000, 60_000, 60_000])
})
