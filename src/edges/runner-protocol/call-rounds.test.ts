import assert from 'node:assert/strict'
import { test } from 'node:test'
import { CallRounds, type View } from './call-rounds.ts'
import { type Listener, noteOfPing } from './choose-pings.ts'

const startMs = 1_000_000

/** Runners that never take anything, and a clock of their own. */
function openFleet(size: number) {
  const rounds = new CallRounds(startMs)
  const heard = new Map<number, number[]>()
  let listeners: Listener[] = Array.from({ length: size }, (_, index) => ({
    runnerId: index,
    jobTypes: null,
    encoders: null,
    slots: 1,
    askedAtMs: Number.NEGATIVE_INFINITY,
    pingedAtMs: Number.NEGATIVE_INFINITY,
    heldAtPing: 0,
    vainPings: 0,
    reminders: 0,
  }))
  const view = (available: number | null, lookedAtMs: number): View => ({
    kinds: available === null ? [] : [{ type: 'video-transcription', encoders: [], available }],
    msToNextRested: null,
    loads: new Map(listeners.map(({ runnerId }) => [runnerId, 0])),
    lookedAtMs,
  })
  const send = (step: Pick<ReturnType<CallRounds['step']>, 'pings' | 'call'>) => {
    for (const { runnerId } of step.pings) {
      heard.set(runnerId, [...(heard.get(runnerId) ?? []), step.call.nowMs])
    }
    listeners = listeners.map((each) =>
      step.pings.includes(each) ? { ...each, ...noteOfPing(each, step.call) } : each,
    )
  }
  return {
    heard,
    news: (nowMs: number) => {
      const step = rounds.hearNews(listeners, nowMs)
      if (step) send(step)
      return step?.pings.length ?? 0
    },
    /** Looks and pings; when to look next. */
    step: (nowMs: number, available: number | null) => {
      const step = rounds.step(view(available, nowMs), listeners, nowMs)
      send(step)
      return nowMs + step.nextInMs
    },
  }
}

/** Runs the clock while one job waits; how many have heard of it at which time. */
function runWaves(fleet: ReturnType<typeof openFleet>, fromMs: number, untilMs: number) {
  const counts: [number, number][] = []
  for (let nowMs = fromMs; nowMs <= untilMs; ) {
    const nextAtMs = fleet.step(nowMs, 1)
    counts.push([nowMs - fromMs, fleet.heard.size])
    nowMs = nextAtMs
  }
  return counts
}

test('a few hear at once, more and more while the job waits, everybody within a second (D-81)', () => {
  const fleet = openFleet(200)
  fleet.step(startMs, null)
  const newsAtMs = startMs + 5_000
  // As many as the first look would call; it calls no others.
  assert.equal(fleet.news(newsAtMs), 3)
  const counts = runWaves(fleet, newsAtMs, newsAtMs + 1_000)
  assert.deepEqual(counts, [
    [0, 3],
    [150, 12],
    [400, 48],
    [800, 200],
  ])
})

test('nobody is called when there is nothing to take, or any more', () => {
  const fleet = openFleet(200)
  assert.equal(fleet.step(startMs, null), Number.POSITIVE_INFINITY)
  fleet.news(startMs + 1)
  assert.equal(fleet.step(startMs + 10, null), Number.POSITIVE_INFINITY)
  assert.equal(fleet.heard.size, 3)
})

test('in turn everybody is among the first (D-101)', () => {
  const fleet = openFleet(30)
  fleet.step(startMs, null)
  for (let job = 1; job <= 10; job += 1) {
    fleet.news(startMs + job * 1_000)
    fleet.step(startMs + job * 1_000, null)
  }
  assert.equal(fleet.heard.size, 30)
  assert.ok([...fleet.heard.values()].every((times) => times.length === 1))
})

test('news in the middle of the waves reach the first who are free, and then everybody', () => {
  const fleet = openFleet(20)
  fleet.step(startMs, null)
  const newsAtMs = startMs + 5_000
  fleet.news(newsAtMs)
  fleet.step(newsAtMs, 1)
  fleet.news(newsAtMs + 700)
  runWaves(fleet, newsAtMs + 700, newsAtMs + 1_500)
  const last = [...fleet.heard.values()].map((times) => times.at(-1) ?? 0)
  assert.equal(last.length, 20)
  assert.ok(last.every((atMs) => atMs >= newsAtMs + 700 && atMs < newsAtMs + 1_700))
})

test('what rests after a failure is news to a few only', () => {
  const fleet = openFleet(200)
  fleet.step(startMs, null)
  fleet.news(startMs + 1_000)
  for (let nowMs = startMs + 1_000; nowMs < startMs + 2_900; ) nowMs = fleet.step(nowMs, 0)
  assert.equal(fleet.heard.size, 32)
})
