import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { VideoRendition } from '#jobs/payload.ts'
import { progressOf, renditionProgress } from './progress.ts'
import type { VideoRow } from './row.ts'

const rendition = (name: string, width: number, height: number): VideoRendition => ({
  name,
  codec: 'h264',
  width,
  height,
  encoder: {
    name: 'libx264',
    preset: 'medium',
    crf: 23,
    maxrateBps: 1e6,
    bufsizeBits: 2e6,
    profile: null,
    level: null,
    pixelFormat: 'yuv420p',
    refs: 3,
    bframes: 3,
    reorderFrames: 2,
    lossless: false,
  },
})

const totals = (seconds: number) => ({ samples: 0, seconds, bytes: 0, averageBps: 0, peakBps: 0 })

const row: Pick<VideoRow, 'state' | 'plan' | 'media' | 'tracks' | 'work'> = {
  state: 'encoding',
  media: null,
  plan: {
    grid: { frameRate: [25, 1], frames: 1000, gopFrames: 50 },
    video: [rendition('large', 200, 100), rendition('small', 100, 50)],
    audio: [],
  },
  tracks: {},
  work: { chunks: 4, chunksDone: 0, weight: 100, weightDone: 0 },
}

test('Progress follows what runners tell of their jobs (U122)', () => {
  assert.equal(progressOf(row), 0)
  assert.equal(progressOf({ ...row, work: { ...row.work, weightDone: 50 } }), 0.97 / 2)
})

test('Progress does not fall below the segments that are there when a job starts again (U122)', () => {
  const tracks = { large: totals(20), small: totals(40) }
  assert.equal(renditionProgress({ ...row, tracks }, 'large'), 0.5)
  assert.equal(renditionProgress({ ...row, tracks }, 'small'), 1)
  assert.ok(Math.abs(progressOf({ ...row, tracks }) - 0.97 * 0.6) < 1e-9)
})

test('Progress is 1 only when all is published', () => {
  assert.equal(progressOf({ ...row, state: 'planning' }), 0)
  assert.ok(progressOf({ ...row, state: 'publishing' }) < 1)
  assert.equal(progressOf({ ...row, state: 'published' }), 1)
  assert.equal(progressOf({ ...row, work: { ...row.work, weight: 0 } }), 0)
})
