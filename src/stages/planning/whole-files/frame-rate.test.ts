import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readConfig } from '#config/config.ts'
import { chooseFps } from './frame-rate.ts'
import { fillOptions } from './options.ts'

const settings = readConfig({})
const marsha = fillOptions({ rules: 'marsha' }, settings).frameRates
const peertube = fillOptions(
  {
    rules: 'peertube',
    frameRates: { standard: [30, 25, 24], hdStandard: [60, 50] },
  },
  settings,
).frameRates

function choose(options: typeof marsha, fps: number, resolution: number, isOriginal = false) {
  return chooseFps(fps, { resolution, isOriginal }, options)
}

test('small pictures of a fast source are thinned to the rate that fits best (D-23, D-29)', () => {
  const at480 = [60, 50, 31, 48, 120, 30, 24].map((fps) => choose(marsha, fps, 480))
  assert.deepEqual(at480, [30, 25, 30, 24, 24, 30, 24])
  assert.deepEqual(
    [720, 480, 360].map((resolution) => choose(marsha, 60, resolution)),
    [60, 30, 30],
  )
})

test('a rate near a multiple is not thinned unevenly (WD11)', () => {
  assert.equal(choose(marsha, 59, 480), 30)
  assert.equal(choose(marsha, 59.94, 480), 30)
  assert.equal(choose(marsha, 47.952, 480), 24)
})

test('nothing is faster than the maximum (D-24, D-27, D-28)', () => {
  assert.equal(choose(marsha, 120, 720), 60)
  assert.equal(choose(marsha, 100, 720), 50)
  assert.equal(choose(marsha, 240, 1080, true), 60)
  assert.equal(choose(marsha, 59.94, 720), 59.94)
  const slower = fillOptions({ rules: 'marsha', frameRates: { max: 40 } }, settings).frameRates
  assert.equal(choose(slower, 60, 1080), 40)
})

test('PeerTube takes the largest rate that divides, else the smallest remainder (6.3)', () => {
  assert.equal(choose(peertube, 60, 480), 30)
  assert.equal(choose(peertube, 50, 480), 25)
  assert.equal(choose(peertube, 59.94, 480), 25)
  assert.equal(choose(peertube, 120, 480), 30)
  assert.equal(choose(peertube, 60, 1080), 60)
  assert.equal(choose(peertube, 120, 1080), 60)
  assert.equal(choose(peertube, 120, 1080, true), 120)
  assert.equal(choose(peertube, 60, 360, true), 60)
  assert.equal(choose(peertube, 0.5, 360), 1)
})

test('sound has no frames (6.3)', () => {
  assert.equal(choose(peertube, 60, 0), 0)
})
