import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { JobPayload } from '#jobs/payload.ts'
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
