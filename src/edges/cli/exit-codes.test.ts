import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ReelmillError } from '#errors/reelmill-error.ts'
import { exitCodeOf } from './exit-codes.ts'

test('The exit code tells a wrong use, an absence and an interruption from a failure', () => {
  const codes = ['invalid_setting', 'ffmpeg_missing', 'cancelled', 'source_unreadable'] as const
  assert.deepEqual(
    codes.map((code) => exitCodeOf(new ReelmillError(code))),
    [2, 69, 130, 1],
  )
  assert.equal(exitCodeOf(new Error('a surprise')), 1)
})
