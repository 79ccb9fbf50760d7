import assert from 'node:assert/strict'
import { test } from 'node:test'
import { addSample, describeRemaining, estimateRemainingMs, type Sample } from './remaining.ts'

const samplesOf = (...pairs: readonly (readonly [number, number])[]): readonly Sample[] =>
  pairs.reduce<readonly Sample[]>(
    (samples, [atMs, progress]) => addSample(samples, { atMs, progress }),
    [],
  )

test('How long it may take follows from how it went (U103)', () => {
  assert.equal(estimateRemainingMs(samplesOf([0, 0.1], [10_000, 0.3])), 35_000)
})

test('Nothing is promised from too little, or from what does not move', () => {
  assert.equal(estimateRemainingMs([]), null)
  assert.equal(estimateRemainingMs(samplesOf([0, 0.1], [1000, 0.3])), null)
  assert.equal(estimateRemainingMs(samplesOf([0, 0.1], [9000, 0.1])), null)
})

test('What was long ago, or before it began anew, does not count', () => {
  assert.equal(samplesOf([0, 0.1], [70_000, 0.2]).length, 1)
  assert.equal(samplesOf([0, 0.5], [1000, 0.1]).length, 1)
})

test('The words are as vague as the knowledge', () => {
  const words = [3, 60, 200, 9000].map((seconds) => describeRemaining(seconds * 1000))
  assert.deepEqual(words, [
    'a few seconds left',
    'about a minute left',
    'about 3 minutes left',
    'about 3 hours left',
  ])
})
