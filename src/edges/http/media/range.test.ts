import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parseRange } from './range.ts'

test('Ranges are cut at the end of the file', () => {
  assert.deepEqual(parseRange('bytes=0-0', 10), { start: 0, end: 0 })
  assert.deepEqual(parseRange('bytes=3-', 10), { start: 3, end: 9 })
  assert.deepEqual(parseRange('bytes=3-99', 10), { start: 3, end: 9 })
  assert.deepEqual(parseRange('bytes=-4', 10), { start: 6, end: 9 })
  assert.deepEqual(parseRange('bytes=-40', 10), { start: 0, end: 9 })
})

test('A range that has nothing in it cannot be satisfied', () => {
  for (const header of ['bytes=10-', 'bytes=10-12', 'bytes=-0']) {
    assert.equal(parseRange(header, 10), 'unsatisfiable', header)
  }
  assert.equal(parseRange('bytes=0-', 0), 'unsatisfiable')
})

test('What is no single range of bytes counts as no header', () => {
  for (const header of [
    undefined,
    '',
    'bytes=',
    'bytes=-',
    'bytes=5-2',
    'bytes=0-1,3-4',
    'lines=1-2',
    'bytes=a-b',
  ]) {
    assert.equal(parseRange(header, 10), null, header)
  }
})
