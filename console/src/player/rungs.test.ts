import assert from 'node:assert/strict'
import { test } from 'node:test'
import { findRung, nameRung, type Rung, toRungs } from './rungs.ts'
import { nameSpeed, stepSpeed } from './speeds.ts'

const level = { width: 640, height: 360, frameRate: 25, bitrate: 7e5, videoCodec: 'avc1.64001e' }

function nameAll(rungs: readonly Rung[]): string[] {
  return rungs.map((rung) => nameRung(rung, rungs))
}

test('Rungs go from the best to the smallest and are called by their shorter side', () => {
  const rungs = toRungs([
    level,
    { ...level, width: 1080, height: 1920, frameRate: 59.94, bitrate: 6e6 },
    { ...level, width: 1280, height: 720, bitrate: 3e6 },
  ])
  assert.deepEqual(nameAll(rungs), ['1080p60', '720p', '360p'])
  assert.deepEqual(
    rungs.map((rung) => rung.level),
    [1, 2, 0],
  )
})

test('Rungs of one size are told apart by codec, else by rate', () => {
  const codecs = toRungs([level, { ...level, videoCodec: 'av01.0.04M.08', bitrate: 5e5 }])
  assert.deepEqual(nameAll(codecs), ['360p · H.264', '360p · AV1'])
  const rates = toRungs([level, { ...level, bitrate: 1.25e6 }])
  assert.deepEqual(nameAll(rates), ['360p · 1.3 Mbit/s', '360p · 700 kbit/s'])
})

test('Sound alone is called so', () => {
  assert.deepEqual(nameAll(toRungs([{ ...level, width: 0, height: 0, videoCodec: undefined }])), [
    'Sound only',
  ])
})

test('A chosen rung is found again when the ladder has grown', () => {
  const [chosen] = toRungs([level])
  const grown = toRungs([
    { ...level, height: 720, width: 1280 },
    { ...level, bitrate: 6.5e5 },
  ])
  assert.ok(chosen)
  assert.equal(findRung(grown, chosen)?.level, 1)
  assert.equal(findRung(grown.slice(0, 1), chosen), null)
})

test('Speeds are named shortly, and end at both ends', () => {
  assert.equal(stepSpeed(1, 1), 1.25)
  assert.equal(stepSpeed(1.1, -1), 1)
  assert.equal(stepSpeed(2, 1), 2)
  assert.equal(nameSpeed(1), 'Normal')
  assert.equal(nameSpeed(0.5), '0.5×')
})
