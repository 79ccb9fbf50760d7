import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { measureBitRates, roundTargetDuration } from './bit-rates.ts'

/** Segments of [seconds, bytes]. */
function track(...segments: readonly (readonly [number, number])[]) {
  return {
    timescale: 1000,
    segments: segments.map(([seconds, bytes], number) => ({
      number,
      durationTicks: seconds * 1000,
      bytes,
      keyframes: [],
    })),
  }
}

suite('measureBitRates', () => {
  test('the average is all bits over all time, the peak the densest run', () => {
    const rates = measureBitRates(track([6, 600_000], [6, 1_200_000], [6, 600_000]))
    assert.deepEqual(rates, { averageBps: 1_066_667, peakBps: 1_600_000 })
  })

  test('a last segment shorter than half the target is no peak of its own', () => {
    const rates = measureBitRates(track([6, 600_000], [6, 600_000], [0.5, 500_000]))
    assert.equal(rates.peakBps, Math.ceil((1_100_000 * 8) / 6.5))
  })

  test('a run may be of several short segments, up to 1.5 × the target', () => {
    const short = track([2, 100_000], [2, 900_000], [2, 900_000], [2, 100_000])
    assert.equal(measureBitRates(short, 6).peakBps, Math.ceil((1_800_000 * 8) / 4))
  })

  test('a track shorter than half the target has its average as its peak', () => {
    assert.deepEqual(measureBitRates(track([1, 125_000]), 6), {
      averageBps: 1_000_000,
      peakBps: 1_000_000,
    })
  })

  test('a track without segments has no rates', () => {
    assert.deepEqual(measureBitRates(track()), { averageBps: 0, peakBps: 0 })
  })

  test('ten hours of segments take milliseconds', () => {
    const long = track(...Array.from({ length: 6000 }, (_, n) => [6, 1e6 + n] as const))
    assert.equal(measureBitRates(long).peakBps, Math.ceil((1_005_999 * 8) / 6))
  })
})

test('the target duration is rounded to the nearest second, and never 0', () => {
  assert.equal(roundTargetDuration(track([6.4, 1], [6.02, 1]).segments, 1000), 6)
  assert.equal(roundTargetDuration(track([6.5, 1]).segments, 1000), 7)
  assert.equal(roundTargetDuration(track([0.2, 1]).segments, 1000), 1)
})
