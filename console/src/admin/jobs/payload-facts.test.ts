import assert from 'node:assert/strict'
import { test } from 'node:test'
import { summarizePayload } from './payload-facts.ts'

const none = {}

test('what a job was told is summed up for people, of each kind what it has (U101)', () => {
  const chunk = {
    grid: { frameRate: [30_000, 1001] },
    chunk: { firstFrame: 60, frames: 120 },
    renditions: [{ name: '720p' }, { name: '360p' }],
  }
  assert.deepEqual(summarizePayload({ payload: chunk, privatePayload: none }), [
    ['Part', 'Frames 60–179, from 2.00 s for 4.00 s'],
    ['Renditions', '720p, 360p'],
  ])
  const open = { ...chunk, chunk: { firstFrame: 0, frames: null } }
  assert.deepEqual(summarizePayload({ payload: open, privatePayload: none })[0], [
    'Part',
    'Frames 0 to the end, from 0.00 s',
  ])
  const piece = { rendition: '240p', firstFrame: 50, frames: 50, framesPerSecond: 25 }
  const payload = { output: { resolution: 240, fps: 25 } }
  assert.deepEqual(summarizePayload({ payload, privatePayload: { piece } }), [
    ['Part', 'Frames 50–99, from 2.00 s for 2.00 s'],
    ['Renditions', '240p'],
    ['Output', '240p, 25 frames per second'],
  ])
  const sound = { durationSeconds: 3.5, renditions: [{ name: 'audio-0' }] }
  assert.deepEqual(summarizePayload({ payload: sound, privatePayload: none }), [
    ['Renditions', 'audio-0'],
    ['Length', '3.50 s'],
  ])
  assert.deepEqual(summarizePayload({ payload: { odd: 1 }, privatePayload: none }), [])
})
