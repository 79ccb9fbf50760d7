import assert from 'node:assert/strict'
import { test } from 'node:test'
import { holdBack, isForGrid, readWish, writeWish } from './which-videos.ts'

test('Strangers see what plays and what will; what failed only who may change it (C-02, U103)', () => {
  const arrived = { receivedBytes: 1, totalBytes: 2 }
  const shown = (state: 'uploading' | 'encoding' | 'failed' | 'published', mayChange: boolean) =>
    isForGrid({ state, playable: state === 'published', upload: arrived }, mayChange)
  assert.deepEqual(
    (['uploading', 'encoding', 'failed', 'published'] as const).map((state) => [
      shown(state, false),
      shown(state, true),
    ]),
    [
      [false, true],
      [true, true],
      [false, true],
      [true, true],
    ],
  )
  assert.equal(isForGrid({ state: 'failed', playable: true }, false), true)
  assert.equal(isForGrid({ state: 'uploading', playable: false }, true), false)
})

test('What is looked for stands in the address (U100)', () => {
  const wish = readWish(new URLSearchParams('q= cats &mine'))
  assert.deepEqual(wish, { q: 'cats', mine: true })
  assert.equal(writeWish(wish).toString(), 'q=cats&mine=')
  assert.equal(writeWish({ q: '', mine: false }).toString(), '')
})

test('What is new is held back from somebody who reads further down (C-02)', () => {
  const items = ['2026-01-03', '2026-01-02'].map((createdAt) => ({ createdAt }))
  assert.equal(holdBack(items, null).shown.length, 2)
  const { shown, held } = holdBack(items, '2026-01-02')
  assert.deepEqual([shown.length, held.length], [1, 1])
})
