import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Grid } from '#jobs/payload.ts'
import { type ChunkWishes, planChunks } from './chunks.ts'

function makeGrid(frames: number | null, heldFrames = 0): Grid {
  return {
    frameRate: [24, 1],
    frames,
    framesAtMost: frames ?? 10_000,
    heldFrames,
    gopFrames: 48,
    segmentFrames: 144,
    timescale: 12_288,
    frameTicks: 512,
  }
}

function wish(slots: number, playableEarly = true): ChunkWishes {
  return { slots, chunkSecondsMax: 60, playableEarly }
}

function lengthsOf(seconds: number, wishes: ChunkWishes): number[] {
  const chunks = planChunks(makeGrid(seconds * 24), wishes)
  return chunks.map(({ frames }) => (frames ?? 0) / 144)
}

test('chunks cover the timeline without a gap, in whole segments but for the last', () => {
  for (const seconds of [1, 6, 7, 59, 601, 7200]) {
    for (const wishes of [1, 2, 7, 30].flatMap((slots) => [wish(slots), wish(slots, false)])) {
      const chunks = planChunks(makeGrid(seconds * 24), wishes)
      let frame = 0
      for (const chunk of chunks) {
        assert.equal(chunk.firstFrame, frame)
        assert.equal(chunk.firstFrame % 144, 0)
        frame += chunk.frames ?? 0
      }
      assert.equal(frame, seconds * 24)
    }
  }
})

test('the first chunk is one segment, so that something can be played soon', () => {
  assert.equal(lengthsOf(1800, wish(1))[0], 1)
  assert.equal(lengthsOf(1800, wish(30))[0], 1)
})

test('what no seek leads to belongs to the first chunk', () => {
  assert.equal(lengthsOf(1800, { ...wish(8), firstSegments: 3 })[0], 3)
  assert.deepEqual(lengthsOf(10, { ...wish(8), firstSegments: 3 }), [10 / 6])
})

test('one slot gets few, long chunks', () => {
  assert.deepEqual(lengthsOf(180, wish(1)), [1, 10, 10, 9])
})

test('many slots get chunks that shrink towards the end, so that all finish together', () => {
  const lengths = lengthsOf(1800, wish(4))
  assert.ok(Math.max(...lengths.slice(-4)) === 1, String(lengths))
  assert.ok(lengths.length >= 4 * 8, String(lengths))
})

test('the first chunks of several slots grow, and few are short', () => {
  assert.deepEqual(lengthsOf(240, wish(2)), [1, 3, 3, 9, 8, 6, 4, 2, 2, 1, 1])
})

test('where nobody plays early no chunk is short for the sake of it', () => {
  assert.deepEqual(lengthsOf(60, wish(1, false)), [10])
  assert.deepEqual(lengthsOf(180, wish(1, false)), [10, 10, 10])
  assert.deepEqual(lengthsOf(180, wish(4, false)).slice(0, 3), [5, 5, 4])
})

test('every chunk but the last has a tail, and none reads past the end', () => {
  const chunks = planChunks(makeGrid(13 * 24), wish(1))
  assert.deepEqual(
    chunks.map(({ frames, tailFrames }) => [frames, tailFrames]),
    [
      [144, 8],
      [168, 0],
    ],
  )
})

test('a source whose frames cannot be counted is one chunk to its end', () => {
  const chunks = planChunks(makeGrid(null), wish(4))
  assert.deepEqual(chunks, [{ firstFrame: 0, frames: null, tailFrames: 0 }])
})

test('no chunk starts after the last picture of the source', () => {
  const chunks = planChunks(makeGrid(100 * 144, 90 * 144), wish(3))
  assert.ok(chunks.every(({ firstFrame }) => firstFrame < 10 * 144))
  assert.equal((chunks.at(-1)?.firstFrame ?? 0) + (chunks.at(-1)?.frames ?? 0), 100 * 144)
})
