import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { MovieTrack } from '../mp4/parse-movie.ts'
import { pickSound } from './pick-sound.ts'

function makeTrack(frames: number, leadTicks: number): MovieTrack {
  const samples = Array.from({ length: frames }, (_, index) => ({
    offset: index * 100,
    bytes: 100,
    decodeTime: index * 1024,
    presentationTime: index * 1024,
    durationTicks: 1024,
  }))
  return { handler: 'soun', timescale: 48_000, sampleEntry: Buffer.alloc(0), samples, leadTicks }
}

const wanted = { samples: 2500, leadFrames: 1, frameSamples: 1024 }

test('an encoder of longer priming loses the frames that nothing needs, and what comes after the end', () => {
  const picked = pickSound(makeTrack(7, 2048), wanted)
  assert.deepEqual(
    picked.map(({ offset, durationTicks }) => [offset, durationTicks]),
    [
      [100, 1024],
      [200, 1024],
      [300, 1024],
      [400, 2500 - 2 * 1024],
    ],
  )
})

test('priming of a part of a frame, or of none, cannot be put on the grid', () => {
  assert.throws(() => pickSound(makeTrack(7, 1105), wanted), { code: 'segment_refused' })
  assert.throws(() => pickSound(makeTrack(7, 0), wanted), { code: 'segment_refused' })
})
