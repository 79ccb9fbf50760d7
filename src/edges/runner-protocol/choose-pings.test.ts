import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Call, choosePings, type Listener, nextPingAtMs, noteOfPing } from './choose-pings.ts'

const kind = { type: 'vod-hls-transcoding', encoders: [], available: 1 }
const longAgoMs = -1_000_000

function listener(runnerId: number, facts: Partial<Listener> = {}): Listener {
  return {
    runnerId,
    jobTypes: null,
    encoders: null,
    slots: 1,
    askedAtMs: longAgoMs,
    pingedAtMs: longAgoMs,
    heldAtPing: 0,
    vainPings: 0,
    reminders: 0,
    ...facts,
  }
}

function callOf(facts: Partial<Call> = {}): Call {
  return {
    nowMs: 0,
    kinds: [kind],
    loads: new Map(),
    newsAtMs: 0,
    waitingSinceMs: 0,
    owed: new Set(),
    atMost: 100,
    ...facts,
  }
}

const idsOf = (listeners: readonly Listener[]) => listeners.map(({ runnerId }) => runnerId)
const chosen = (listeners: readonly Listener[], facts: Partial<Call> = {}) =>
  idsOf(choosePings(listeners, callOf(facts)).pings)

test('the least busy hear first, then who was called least recently (D-101)', () => {
  const listeners = [
    listener(1, { pingedAtMs: -900 }),
    listener(2, { pingedAtMs: -901 }),
    listener(3, { slots: 4 }),
    listener(4, { pingedAtMs: -902, slots: 2 }),
  ]
  const loads = new Map([
    [1, 0],
    [2, 0],
    [3, 1],
    [4, 1],
  ])
  assert.deepEqual(chosen(listeners, { loads }), [2, 1, 3, 4])
  assert.deepEqual(chosen(listeners, { loads, atMost: 1 }), [2])
})

test('who cannot do what waits, or gets no work now, is not called', () => {
  const encoders = ['libx264']
  const listeners = [
    listener(1, { jobTypes: ['video-transcription'] }),
    listener(2, { jobTypes: ['vod-hls-transcoding'] }),
    listener(3, { jobTypes: ['vod-hls-transcoding'], encoders }),
    listener(10),
  ]
  const loads = new Map([[10, null]])
  assert.deepEqual(chosen(listeners, { loads }), [2, 3])
  assert.deepEqual(chosen(listeners, { loads, kinds: [{ ...kind, encoders }] }), [3])
  assert.deepEqual(chosen(listeners, { loads, kinds: null }), [1, 2, 3])
})

test('who has asked or been called since the news is not called for it again', () => {
  const listeners = [
    listener(1, { askedAtMs: -5 }),
    listener(2, { askedAtMs: 5 }),
    listener(3, { pingedAtMs: 5 }),
  ]
  assert.deepEqual(chosen(listeners, { nowMs: 300 }), [1])
  assert.deepEqual(chosen(listeners, { nowMs: 300, atMost: 1 }), [])
})

test('news just after a call come when a quarter of a second has passed (D-48)', () => {
  const listeners = [listener(1, { pingedAtMs: -100 })]
  const call = callOf({ nowMs: 10 })
  const { pings, left } = choosePings(listeners, call)
  assert.deepEqual([idsOf(pings), idsOf(left)], [[], [1]])
  assert.equal(nextPingAtMs(listeners, left, call), 150)
  assert.deepEqual(chosen(listeners, { nowMs: 150 }), [1])
})

test('who should have heard with everybody comes before those who are called anew', () => {
  const listeners = [listener(1), listener(2), listener(3, { pingedAtMs: -500 })]
  assert.deepEqual(chosen(listeners, { owed: new Set([3]), atMost: 1 }), [3, 1])
})

test('a busy runner that takes nothing is called less and less, until its jobs change', () => {
  let busy = listener(1, { heldAtPing: 2 })
  const loads = new Map([[1, 2]])
  const gapsMs: number[] = []
  for (let round = 0; round < 9; round += 1) {
    const call = callOf({ loads, newsAtMs: busy.pingedAtMs + 1, nowMs: busy.pingedAtMs + 1 })
    const next = nextPingAtMs([], [busy], call)
    gapsMs.push(next - busy.pingedAtMs)
    busy = { ...busy, ...noteOfPing(busy, { ...call, nowMs: next }) }
  }
  assert.deepEqual(gapsMs.slice(0, 4), [250, 500, 1000, 2000])
  assert.equal(gapsMs.at(-1), 30_000)
  const nowMs = busy.pingedAtMs + 250
  const news = { nowMs, newsAtMs: nowMs, waitingSinceMs: nowMs }
  assert.deepEqual(chosen([busy], { ...news, loads }), [])
  assert.deepEqual(chosen([busy], { ...news, loads: new Map([[1, 1]]) }), [1])
})

test('while jobs wait everybody is reminded, whatever is known of it, a few at a time (5.3)', () => {
  const jobTypes: string[] = []
  let idle = listener(1, { jobTypes })
  assert.deepEqual(chosen([idle], { nowMs: 1_999 }), [])
  assert.deepEqual(chosen([idle], { nowMs: 2_000 }), [1])
  const timesMs: number[] = []
  for (let round = 0; round < 6; round += 1) {
    const nowMs = nextPingAtMs([idle], [], callOf({ nowMs: idle.pingedAtMs }))
    timesMs.push(nowMs)
    idle = { ...idle, ...noteOfPing(idle, callOf({ nowMs })) }
  }
  assert.deepEqual(timesMs, [2_000, 6_000, 14_000, 30_000, 60_000, 90_000])
  const busy = listener(2, { pingedAtMs: 0, heldAtPing: 1 })
  assert.deepEqual(chosen([busy], { nowMs: 29_999, newsAtMs: -1 }), [])
  assert.deepEqual(chosen([busy], { nowMs: 30_000, newsAtMs: -1 }), [2])
  const many = Array.from({ length: 100 }, () => listener(3, { jobTypes }))
  assert.equal(chosen(many, { nowMs: 5_000 }).length, 10)
})
