import assert from 'node:assert/strict'
import { test } from 'node:test'
import { capRateBps, limitCopyBps } from './rate-cap.ts'

const wide = 16 / 9

test('the rate follows from size and frame rate by the tables (D-107)', () => {
  const kbps = (resolution: number, fps: number) =>
    Math.round(capRateBps({ resolution, fps, ratio: wide }, null) / 1000)
  assert.deepEqual([kbps(240, 25), kbps(480, 30), kbps(720, 30)], [435, 1475, 3041])
  assert.deepEqual([kbps(1080, 30), kbps(1080, 60)], [6221, 12442])
})

test('a portrait video has the rate of the same video lying', () => {
  const standing = capRateBps({ resolution: 480, fps: 25, ratio: 0.5 }, null)
  assert.equal(standing, capRateBps({ resolution: 480, fps: 25, ratio: 2 }, null))
})

test('the rate is at most 1.3 times what comes in, and never next to nothing', () => {
  const order = { resolution: 480, fps: 25, ratio: wide }
  assert.equal(capRateBps(order, 600_000), 780_000)
  assert.equal(Math.round(capRateBps(order, 50_000) / 100), 2048)
  assert.ok(limitCopyBps(order) > capRateBps(order, null))
})
