import assert from 'node:assert/strict'
import { test } from 'node:test'
import { makeMediaInfo, makeVideoStream } from '../../../test/support/media-info.ts'
import { planGrid } from './grid.ts'

const wishes = { gopSeconds: 2, segmentSeconds: 6, frameRateMax: 60 }

function plan(changes: Parameters<typeof makeVideoStream>[0], media = {}) {
  const video = makeVideoStream(changes)
  return planGrid(makeMediaInfo({ video, ...media }), video, wishes)
}

test('GOPs and segments are whole numbers of frames, nearest to the wished seconds', () => {
  const grid = plan({ frameRate: [30_000, 1001] })
  assert.equal(grid.gopFrames, 60)
  assert.equal(grid.segmentFrames, 180)
})

test('a frame lasts a whole number of ticks at every usual rate', () => {
  for (const frameRate of [
    [24, 1],
    [25, 1],
    [24_000, 1001],
    [60_000, 1001],
    [15, 2],
  ] as const) {
    const { timescale, frameTicks } = plan({ frameRate })
    assert.equal(timescale * frameRate[1], frameTicks * frameRate[0])
    assert.ok(Number.isInteger(frameTicks) && timescale >= 10_000)
  }
})

test('a rate above the cap becomes the largest whole fraction of it that fits (D-27)', () => {
  assert.deepEqual(plan({ frameRate: [120, 1] }).frameRate, [60, 1])
  assert.deepEqual(plan({ frameRate: [240, 1] }).frameRate, [60, 1])
  assert.deepEqual(plan({ frameRate: [100, 1] }).frameRate, [50, 1])
  assert.deepEqual(plan({ frameRate: [60_000, 1001] }).frameRate, [60_000, 1001])
})

test('frames are counted from the origin, so that pictures that start late are led in', () => {
  assert.equal(plan({ startPts: 12_288 }).frames, 1440)
  assert.equal(plan({}, { originSeconds: 1, durationSeconds: 59 }).frames, 1416)
})

test('a source that can only be read from the start has no count beforehand', () => {
  assert.equal(plan({}, { access: 'sequential' }).frames, null)
})

test('the shortest source has one frame', () => {
  assert.equal(plan({ endPts: 1 }, { durationSeconds: 0 }).frames, 1)
})

test('where sound goes on for longer, the last picture is held to its end', () => {
  assert.equal(plan({ endPts: 58 * 12_288 }).frames, 1440)
  assert.equal(plan({ endPts: 58 * 12_288 }).heldFrames, 48)
  assert.equal(plan({ endPts: Math.round(59.95 * 12_288) }).heldFrames, 0)
})
