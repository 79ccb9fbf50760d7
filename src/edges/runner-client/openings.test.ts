import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { setImmediate as turn } from 'node:timers/promises'
import type { AcceptedJob } from './answers.ts'
import { createOpenings } from './openings.ts'

const own = { uuid: '0b8f2c1e-0000-4000-8000-000000000001', jobToken: 't' }
const never = new AbortController().signal

function chunk(videoId: string | undefined, firstFrame: number, frames: number | null) {
  const payload = { videoId, grid: { segmentFrames: 144 }, chunk: { firstFrame, frames } }
  return { ...own, type: 'vod-chunk-encoding', payload } satisfies AcceptedJob
}

function sound(videoId: string | undefined) {
  return { ...own, type: 'vod-audio-encoding', payload: { videoId } } satisfies AcceptedJob
}

/** A runner that has that job at work, and a sound beside it. */
function begin(atWork: AcceptedJob, beside: AcceptedJob, signal = never) {
  const openings = createOpenings()
  const end = Promise.withResolvers<void>()
  const done = openings.during(atWork, () => end.promise)
  const giveWay = openings.giveWay(beside, signal)
  return { end, done, giveWay, openings }
}

async function isSettled(promise: Promise<unknown>): Promise<boolean> {
  let settled = false
  const settle = (): void => {
    settled = true
  }
  promise.then(settle, settle)
  for (let turns = 0; turns < 5; turns++) await turn()
  return settled
}

test('behind its first segment a sound waits for the opening of its video, once', async () => {
  const { end, giveWay, openings } = begin(chunk('V', 0, 144), sound('V'))
  await giveWay(0)
  const second = giveWay(1)
  assert.equal(await isSettled(second), false)
  end.resolve()
  await second
  // The rest of the opening is encoded after what was waited for.
  void openings.during(chunk('V', 0, 144), () => new Promise(() => undefined))
  await giveWay(2)
})

test('an opening that fails is waited for no longer', async () => {
  const { end, done, giveWay } = begin(chunk('V', 0, 100), sound('V'))
  const second = giveWay(1)
  end.reject(new Error('no picture'))
  await assert.rejects(done, /no picture/)
  await second
})

test('nothing else is waited for, and nobody else waits', async () => {
  const opening = chunk('V', 0, 144)
  const pairs: readonly [AcceptedJob, AcceptedJob][] = [
    [opening, sound('W')],
    [opening, chunk('V', 144, 144)],
    [chunk('V', 0, 288), sound('V')],
    [chunk('V', 0, null), sound('V')],
    [chunk('V', 144, 144), sound('V')],
    // Of a server that names no video.
    [chunk(undefined, 0, 144), sound(undefined)],
  ]
  for (const [atWork, beside] of pairs) await begin(atWork, beside).giveWay(1)
})

test('a sound that is no longer ours does not wait', async () => {
  const lost = new AbortController()
  const { giveWay } = begin(chunk('V', 0, 144), sound('V'), lost.signal)
  const second = giveWay(1)
  lost.abort()
  await second
})

test('an opening that takes long is waited for 15 s', async (t: TestContext) => {
  t.mock.timers.enable({ apis: ['setTimeout'] })
  const { giveWay } = begin(chunk('V', 0, 144), sound('V'))
  const second = giveWay(1)
  t.mock.timers.tick(14_999)
  assert.equal(await isSettled(second), false)
  t.mock.timers.tick(1)
  await second
})
