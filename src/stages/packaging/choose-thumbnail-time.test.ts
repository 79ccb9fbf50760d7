import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { VideoTrack } from '#media/tracks/track.ts'
import { chooseThumbnailTime } from './choose-thumbnail-time.ts'

/** A track of GOPs of two seconds whose key frames take these bytes, two to a segment. */
function makeTrack(...bytes: number[]): VideoTrack {
  const keyframes = bytes.map((each) => ({ offset: 0, bytes: each, durationTicks: 2000 }))
  const segments = Array.from({ length: Math.ceil(bytes.length / 2) }, (_, number) => ({
    number,
    durationTicks: 4000,
    bytes: 9000,
    keyframes: keyframes.slice(number * 2, number * 2 + 2),
  }))
  const size = { width: 640, height: 360, frameRate: [24, 1] as const }
  const name = { name: '360p', codecs: 'avc1.640028', timescale: 1000, initBytes: 700 }
  return { kind: 'video', ...size, ...name, segments }
}

test('The picture of a video is after a tenth of it, and past a black opening where there is one (D-06)', () => {
  assert.equal(chooseThumbnailTime(makeTrack(...Array.from({ length: 20 }, () => 900))), 4)
  assert.equal(chooseThumbnailTime(makeTrack(40, 40, 40, 700, 900, 900, 900, 900, 800, 900)), 8)
  assert.equal(chooseThumbnailTime(makeTrack(900, 900, 40, 40, 900, 900, 900, 900, 900, 900)), 2)
})

test('A video that is black all over, and one of a single group of pictures, have one too', () => {
  assert.equal(chooseThumbnailTime(makeTrack(40, 40, 40, 40)), 0.8)
  assert.equal(chooseThumbnailTime(makeTrack(500)), 0.2)
  assert.equal(chooseThumbnailTime(makeTrack()), 0)
})
