import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ReelmillError } from '#errors/reelmill-error.ts'
import { parseName } from './form.ts'

test('names in brackets are paths', () => {
  assert.deepEqual(parseName('progress'), ['progress'])
  assert.deepEqual(parseName('payload[segments][720p-hevc]'), ['payload', 'segments', '720p-hevc'])
})

test('names that are no paths are refused', () => {
  for (const name of ['', '[a]', 'a[', 'a[]', 'a[b]c', 'a]b[', 'a'.repeat(201)]) {
    assert.throws(() => parseName(name), ReelmillError, name)
  }
})
