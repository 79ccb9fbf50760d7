import assert from 'node:assert/strict'
import { test } from 'node:test'
import { listOrderedSegments } from './order.ts'
import type { JobPayload } from './payload.ts'

/** Only what an order is made of. */
function chunk(firstFrame: number, frames: number | null): JobPayload {
  const payload = {
    type: 'vod-chunk-encoding',
    grid: { segmentFrames: 150 },
    chunk: { firstFrame, frames },
    renditions: [{ name: '720p' }, { name: '360p' }],
  }
  return payload as unknown as JobPayload
}

test('a chunk orders the segments of its frames, the short one at the end included', () => {
  assert.deepEqual(listOrderedSegments(chunk(300, 310), {}), [
    { track: '720p', first: 2, count: 3 },
    { track: '360p', first: 2, count: 3 },
  ])
})

test('what a runner reports does not change what a counted chunk orders', () => {
  const ordered = listOrderedSegments(chunk(0, 150), { '720p': 9, '360p': 0 })
  assert.deepEqual(
    ordered.map(({ count }) => count),
    [1, 1],
  )
})

test('a chunk to the end of an uncounted source orders what the runner counted, never nothing', () => {
  assert.deepEqual(listOrderedSegments(chunk(0, null), { '720p': 7 }), [
    { track: '720p', first: 0, count: 7 },
    { track: '360p', first: 0, count: 1 },
  ])
})

test('whole tracks of sound order every segment of their length, whatever a runner counts', () => {
  const order = (changes: object) => {
    const payload = {
      type: 'vod-audio-encoding',
      renditions: [
        { name: 'audio-0', sampleRate: 48_000 },
        { name: 'audio-1', sampleRate: 48_000 },
      ],
      segmentSeconds: [6, 1],
      durationSeconds: 20,
      ...changes,
    } as unknown as JobPayload
    const ordered = listOrderedSegments(payload, { 'audio-0': 1, 'audio-1': 4 })
    assert.ok(ordered.every(({ first }) => first === 0))
    return ordered.map(({ track, count }) => [track, count])
  }
  assert.deepEqual(order({}), [
    ['audio-0', 4],
    ['audio-1', 4],
  ])
  // A segment of a single coded frame is there only where a runner says so.
  assert.deepEqual(order({ durationSeconds: 18.02 }), [
    ['audio-0', 3],
    ['audio-1', 4],
  ])
  assert.deepEqual(order({ segmentsAtMost: 2 }), [
    ['audio-0', 2],
    ['audio-1', 2],
  ])
})
