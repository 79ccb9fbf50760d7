import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  makeAudioStream,
  makeMediaInfo,
  makeVideoStream,
} from '../../../test/support/media-info.ts'
import { type EarlyPlan, isEarlyPlan } from './plan.ts'
import { type EarlyOrder, planEarly, readSource } from './plan-early.ts'
import { planVersion } from './plan-version.ts'
import type { ChunkProfile } from './profile.ts'
import { whyNotContinued } from './why-not-continued.ts'

const profile: ChunkProfile = {
  name: 'two',
  video: [
    { height: 720, crf: 23, maxrateKbps: 3000, preset: 'fast' },
    { height: 360, crf: 23, maxrateKbps: 800, preset: 'fast' },
  ],
  audio: {},
}

const fleet = { own: 1, slots: 1, stock: 0 }

/** A minute at 24 pictures a second, of which so many seconds are there; segments of 6 s. */
function arriving(seconds: number, soundSeconds = seconds) {
  const arrived = { pictureSeconds: seconds, soundSeconds }
  return { media: makeMediaInfo(), arrived, arrivedBytes: seconds * 1000 }
}

function planAt(seconds: number, before: EarlyOrder | null = null): EarlyOrder | null {
  return planEarly(arriving(seconds), profile, fleet, before && earlyPlanOf(before))
}

function earlyPlanOf({ plan }: EarlyOrder): EarlyPlan {
  assert.ok(isEarlyPlan(plan))
  return plan
}

function listOrders(order: EarlyOrder | null): string[] {
  return (order?.jobs ?? []).map(({ payload }) =>
    payload.type === 'vod-chunk-encoding'
      ? `${payload.chunk.firstFrame}+${payload.chunk.frames} ${payload.renditions.map(({ name }) => name).join()}`
      : `sound ${payload.segmentsAtMost} of ${payload.durationSeconds} s`,
  )
}

test('nothing is given out before the first segment is there, with the pictures behind it', () => {
  assert.equal(planAt(6), null)
  assert.equal(planAt(6.4), null)
  assert.deepEqual(listOrders(planAt(6.6)), ['0+144 360p', '0+144 720p'])
})

test('what arrives is given out once, in whole segments, and the sound as it has grown by half', () => {
  const first = planAt(8.5)
  assert.deepEqual(listOrders(first), ['0+144 360p', '0+144 720p', 'sound 1 of 8.5 s'])
  assert.equal(planAt(9, first), null)
  const second = planAt(20, first)
  assert.deepEqual(listOrders(second), ['144+288 720p,360p', 'sound 3 of 20 s'])
  const third = planAt(27, second)
  assert.deepEqual(listOrders(third), ['432+144 720p,360p'])
  assert.deepEqual(
    third?.plan.chunks.map(({ firstFrame, frames, tailFrames }) => [
      firstFrame,
      frames,
      tailFrames,
    ]),
    [
      [0, 144, 8],
      [144, 288, 8],
      [432, 144, 8],
    ],
  )
})

test('the end of a source is not given out early, however much of it is there', () => {
  const order = planEarly(arriving(Number.POSITIVE_INFINITY), profile, fleet, null)
  const last = order?.plan.chunks.at(-1)
  assert.equal((last?.firstFrame ?? 0) + (last?.frames ?? 0), 54 * 24)
})

test('openings of what is still arriving come behind those of what is there', () => {
  const priorities = planAt(8.5)?.jobs.map(({ priority }) => priority)
  assert.ok(Math.min(...(priorities ?? [0])) > 2)
})

test('a plan of the whole source goes on from an early one, whatever its length', () => {
  const early = earlyPlanOf(planAt(20) ?? assert.fail())
  for (const seconds of [30, 60, 3600]) {
    const media = makeMediaInfo({
      durationSeconds: seconds,
      sizeBytes: 1,
      video: makeVideoStream({ endPts: seconds * 12_288 }),
    })
    const plan = planVersion(media, profile, { own: 4, slots: 4, stock: 0 }, early.chunks)
    assert.equal(whyNotContinued(early, plan, readSource(media)), null)
    assert.deepEqual(plan.chunks.slice(0, early.chunks.length), early.chunks)
    const last = plan.chunks.at(-1)
    assert.equal((last?.firstFrame ?? 0) + (last?.frames ?? 0), seconds * 24)
  }
})

const others = {
  'the way to read the source': { originSeconds: 0.5 },
  'the frame grid': { video: makeVideoStream({ frameRate: [25, 1] }) },
  'the treatment of pictures': { video: makeVideoStream({ interlaced: true }) },
  'the audio renditions': { audio: [makeAudioStream(), makeAudioStream({ index: 2 })] },
  'the source ends': { durationSeconds: 18, video: makeVideoStream({ endPts: 18 * 12_288 }) },
}

for (const [reason, changes] of Object.entries(others)) {
  test(`a source that turns out to be another one is planned anew: ${reason}`, () => {
    const early = earlyPlanOf(planAt(20) ?? assert.fail())
    const media = makeMediaInfo(changes)
    const plan = planVersion(media, profile, { own: 1, slots: 1, stock: 0 }, early.chunks)
    assert.match(whyNotContinued(early, plan, readSource(media)) ?? '', new RegExp(reason))
  })
}

test('once what arrives is another source than it was, nothing more is given out', () => {
  const before = earlyPlanOf(planAt(8.5) ?? assert.fail())
  const source = { ...arriving(30), media: makeMediaInfo({ originSeconds: 1 }) }
  const order = planEarly(source, profile, fleet, before)
  assert.deepEqual(order?.jobs, [])
  assert.match(order?.plan.early?.stopped ?? '', /the way to read the source changed/)
})
