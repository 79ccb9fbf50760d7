import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Grid } from '#jobs/payload.ts'
import { findChunk, layOutChunks } from './lay-out-chunks.ts'

const grid: Grid = {
  ...{ frameRate: [25, 1], frames: 130, framesAtMost: 130, heldFrames: 0 },
  ...{ gopFrames: 25, segmentFrames: 50, timescale: 12_800, frameTicks: 512 },
}

test('Chunks lie on the timeline by frames, segments and seconds (P-72)', () => {
  const chunks = [
    { firstFrame: 0, frames: 50 },
    { firstFrame: 50, frames: 80 },
  ]
  assert.deepEqual(layOutChunks({ grid, chunks })[1], {
    ...{ index: 1, firstFrame: 50, lastFrame: 129, startSeconds: 2, endSeconds: 5.2 },
    ...{ firstSegment: 1, segments: 2 },
  })
})

test('Where all is made of pieces, each segment is a chunk, and the last is shorter', () => {
  const places = layOutChunks({ grid, chunks: [] })
  assert.deepEqual(
    places.map(({ firstFrame, lastFrame, segments }) => [firstFrame, lastFrame, segments]),
    [
      [0, 49, 1],
      [50, 99, 1],
      [100, 129, 1],
    ],
  )
})

test('A chunk to the end of a source that cannot be counted has no end', () => {
  const [chunk] = layOutChunks({ grid, chunks: [{ firstFrame: 0, frames: null }] })
  assert.deepEqual([chunk?.lastFrame, chunk?.endSeconds, chunk?.segments], [null, null, null])
})

test('A frame is found in the last chunk that begins at or before it', () => {
  const places = layOutChunks({ grid, chunks: [] })
  assert.deepEqual(
    [0, 49, 50, 129].map((frame) => findChunk(places, frame)),
    [0, 0, 1, 2],
  )
})
