import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { StudioTask } from '#jobs/file-payload.ts'
import { keepRanges } from './ranges.ts'

const cut = (options: object) => ({ name: 'cut', options }) as Extract<StudioTask, { name: 'cut' }>

test('a cut may leave out either end, and its times may be texts', () => {
  assert.deepEqual(keepRanges(cut({ start: '2.5', end: 4 }), 10), [{ start: 2.5, end: 4 }])
  assert.deepEqual(keepRanges(cut({ end: '4' }), 10), [{ start: 0, end: 4 }])
  assert.deepEqual(keepRanges(cut({ start: 3 }), 10), [{ start: 3, end: 10 }])
  assert.deepEqual(keepRanges(cut({ start: -1, end: 60 }), 10), [{ start: 0, end: 10 }])
})

test('removed segments may overlap, touch and come in any order', () => {
  const segments = [
    { start: 6, end: 8 },
    { start: '1', end: '3' },
    { start: 2, end: 4 },
    { start: 4, end: 5 },
  ]
  assert.deepEqual(keepRanges({ name: 'remove-segments', options: { segments } }, 10), [
    { start: 0, end: 1 },
    { start: 5, end: 6 },
    { start: 8, end: 10 },
  ])
})

test('times that are none, and an edit that leaves nothing, are refused', () => {
  const refused = { code: 'job_invalid' }
  assert.throws(() => keepRanges(cut({ start: 'soon' }), 10), refused)
  assert.throws(() => keepRanges(cut({ start: null }), 10), refused)
  assert.throws(() => keepRanges(cut({ start: 11 }), 10), refused)
  const segments = [{ start: 0, end: 99 }]
  assert.throws(() => keepRanges({ name: 'remove-segments', options: { segments } }, 10), refused)
})
