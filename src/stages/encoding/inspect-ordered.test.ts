import assert from 'node:assert/strict'
import { test } from 'node:test'
import { aacFrameSamples, countFramesBefore } from '#jobs/audio-grid.ts'
import type { JobPayload } from '#jobs/payload.ts'
import { buildSegment } from '#media/boxes/build-segment.ts'
import type { ParsedInit } from '#media/boxes/parse-init.ts'
import { inspectOrdered } from './inspect-ordered.ts'

/** Only what the place of a segment depends on. */
const payload = {
  type: 'vod-audio-encoding',
  renditions: [{ name: 'audio-0', sampleRate: 48_000, bitRateBps: 128_000 }],
  segmentSeconds: [6, 1],
  durationSeconds: 20,
} as unknown as JobPayload
const init = { kind: 'audio' } as ParsedInit

test('sound after the end of what was ordered is refused, so that nobody fills the storage', () => {
  const segment = { track: 'audio-0', bytes: Buffer.alloc(8), init }
  const lies = (number: number) => () => inspectOrdered(payload, { ...segment, number })
  assert.throws(lies(4), { code: 'segment_refused', message: 'Segment 4 lies after the end.' })
  assert.throws(lies(10_000_000), { message: 'Segment 10000000 lies after the end.' })
  // In its place, so that it is looked into.
  assert.throws(lies(3), ({ message }: Error) => !message.includes('after the end'))
})

const ready = {
  ...{ kind: 'audio', trackId: 1, leadTicks: aacFrameSamples },
  trackDefaults: { durationTicks: 0, bytes: 0, flags: 0 },
} as ParsedInit
const framesBefore = (number: number) => countFramesBefore(number, [6, 1], 48_000)

/** Hands a segment in with fewer frames than fit, the last of which lasts so many ticks. */
function handIn(number: number, missing: number, changes: object = {}, lastTicks = 1024) {
  const frames = framesBefore(number + 1) - framesBefore(number) - missing
  const samples = Array.from({ length: frames }, (_, index) => ({
    durationTicks: index === frames - 1 ? lastTicks : 1024,
    data: Buffer.of(1),
  }))
  const baseDecodeTime = framesBefore(number) * aacFrameSamples
  const place = { trackId: 1, sequenceNumber: 1, baseDecodeTime }
  const bytes = buildSegment({ ...place, samples })
  const ordered = Object.assign({}, payload, changes)
  return inspectOrdered(ordered, { track: 'audio-0', number, bytes, init: ready }).samples
}

test('sound that is short before its end is refused, for nothing would ever fill the gap', () => {
  const refusal = { code: 'segment_refused', message: 'The number of audio frames is wrong.' }
  assert.equal(handIn(1, 0), 282)
  assert.throws(() => handIn(0, 1), refusal)
  assert.throws(() => handIn(1, 1), refusal)
  assert.throws(() => handIn(2, 280), refusal)
  assert.throws(() => handIn(1, 0, {}, 1023), /duration of an audio frame/)
})

test('the last segment of sound is short by what was not ordered, and by one frame at most besides', () => {
  // Of 20 seconds: 937.5 frames and that of the priming, of which 845 lie before the segment.
  const all = framesBefore(4) - 939
  assert.equal(handIn(3, all, {}, 512), 939 - framesBefore(3))
  assert.equal(handIn(3, all + 1), 938 - framesBefore(3))
  assert.throws(() => handIn(3, all + 2), /number of audio frames/)
  assert.throws(() => handIn(3, framesBefore(4) - framesBefore(3) - 1), /number of audio frames/)
  // One that ends with the pictures' last segment, to the frame.
  assert.equal(handIn(2, 0, { durationSeconds: 18 }, 300), 281)
  assert.throws(() => handIn(2, 2, { durationSeconds: 18 }), /number of audio frames/)
})

test('while the source still arrives no segment of sound is short, for none is the last', () => {
  const early = { durationSeconds: 15, segmentsAtMost: 2 }
  assert.equal(handIn(1, 0, early), 282)
  assert.throws(() => handIn(1, 1, early), /number of audio frames/)
  assert.throws(() => handIn(2, 0, early), /lies after the end/)
})
