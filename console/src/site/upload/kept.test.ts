import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isLeftWithLoss } from './kept.ts'
import type { Upload } from './upload.ts'

const gib = 1024 ** 3
const some = (phase: Upload['phase'], sizeBytes: number): Upload => ({
  ...{ id: 'a', fileName: 'a.mp4', title: 'A', sentBytes: 0, bytesPerSecond: null },
  ...{ videoId: null, problem: null, phase, sizeBytes },
})

test('A page is not left without a question while a file that no browser keeps is under way (C-06)', () => {
  for (const phase of ['waiting', 'sending', 'paused', 'cut', 'failed'] as const) {
    assert.equal(isLeftWithLoss([some(phase, 20 * gib)]), true, phase)
    assert.equal(isLeftWithLoss([some(phase, 0.4 * gib)]), false, phase)
  }
  assert.equal(isLeftWithLoss([some('done', 20 * gib), some('lost', 20 * gib)]), false)
  const three = Array<Upload>(3).fill(some('sending', 0.4 * gib))
  assert.equal(isLeftWithLoss(three), true)
  assert.equal(isLeftWithLoss(three.slice(1)), false)
})
