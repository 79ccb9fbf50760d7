import assert from 'node:assert/strict'
import { test } from 'node:test'
import { planLadder } from './ladder.ts'
import type { Rung } from './profile.ts'

const rungs: Rung[] = [
  { height: 1080, crf: 23, maxrateKbps: 6000 },
  { height: 720, crf: 23, maxrateKbps: 3000 },
  { height: 540, crf: 23, maxrateKbps: 2000 },
  { height: 360, crf: 23, maxrateKbps: 730 },
]

function sizesOf(width: number, height: number): string[] {
  return planLadder(rungs, { width, height }, 24, false).map(
    (rendition) => `${rendition.width}x${rendition.height}`,
  )
}

test('a source of a rung gets that rung and all below it, from the largest (D-42)', () => {
  assert.deepEqual(sizesOf(1920, 1080), ['1920x1080', '1280x720', '960x540', '640x360'])
})

test('no rendition is above the source, and one has the size of a source between rungs', () => {
  assert.deepEqual(sizesOf(854, 480), ['854x480', '640x360'])
  assert.deepEqual(sizesOf(3840, 2160), ['1920x1080', '1280x720', '960x540', '640x360'])
})

test('a source below every rung gets one rendition of its own size (D-43, WD9)', () => {
  assert.deepEqual(sizesOf(426, 240), ['426x240'])
  assert.deepEqual(sizesOf(16, 16), ['16x16'])
})

test('portrait pictures are planned by their short side (D-40)', () => {
  assert.deepEqual(sizesOf(1080, 1920), ['1080x1920', '720x1280', '540x960', '360x640'])
})

test('the aspect is kept and sizes are even (WV13, WC12)', () => {
  assert.deepEqual(sizesOf(1920, 800), ['1920x800', '1280x534', '960x400', '640x266'])
  assert.deepEqual(sizesOf(853, 479), ['852x478', '640x360'])
})

test('a rendition with almost as many pixels as the next one is left out', () => {
  assert.deepEqual(sizesOf(660, 370), ['660x370'])
})

test('a picture that fills a part of its rung gets that part of the rate', () => {
  const [top] = planLadder(rungs, { width: 854, height: 480 }, 24, false)
  assert.equal(top?.encoder.maxrateBps, Math.round((2_000_000 * 854 * 480) / (960 * 540)))
})

test('several codecs have names of their own and the lowest rendition comes last', () => {
  const both = planLadder(
    [...rungs, { height: 1080, codec: 'hevc', crf: 26, maxrateKbps: 4500 }],
    { width: 1920, height: 1080 },
    24,
    false,
  )
  assert.deepEqual(
    both.map(({ name }) => name),
    ['1080p-h264', '1080p-hevc', '720p-h264', '540p-h264', '360p-h264'],
  )
})

test('the level is the lowest that holds the picture, its rate and its references (rule 1.11)', () => {
  const levels = planLadder(rungs, { width: 1920, height: 1080 }, 24, false).map(
    ({ encoder }) => encoder.level,
  )
  assert.deepEqual(levels, ['4.0', '3.1', '3.1', '3.0'])
  const [fast] = planLadder(rungs, { width: 1920, height: 1080 }, 60, false)
  assert.equal(fast?.encoder.level, '4.2')
})
