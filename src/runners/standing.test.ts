import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Ending, judgeRunner, type Standing } from './standing.ts'

const now = new Date('2026-01-02T03:04:05Z')
const before = (seconds: number) => new Date(now.getTime() - seconds * 1000)

const good: Standing = {
  state: 'active',
  stateSince: before(3600),
  quickFailures: 0,
  setAsides: 0,
}

const failure = {
  kind: 'failure',
  startedAt: before(1),
  endedAt: now,
  isLost: false,
  isRunnersFault: true,
  isRepeated: false,
  isSharedByOthers: false,
  othersCould: true,
} as const satisfies Ending

const four = [failure, failure, failure, failure]

/** The standing after several endings. */
function after(standing: Standing, ...endings: Ending[]): Standing {
  return endings.reduce((known, ending) => {
    const judged = judgeRunner(known, ending)
    if (!judged) return known
    const stateSince = judged.pauseMs === null ? known.stateSince : now
    return { ...known, ...judged, stateSince }
  }, standing)
}

test('five quick failures in a row at different jobs set a runner aside (security 3)', () => {
  const almost = after(good, ...four)
  assert.deepEqual([almost.state, almost.quickFailures], ['active', 4])
  assert.deepEqual(judgeRunner(almost, failure), {
    state: 'set_aside',
    quickFailures: 0,
    setAsides: 1,
    pauseMs: 60_000,
  })
})

test('a success between starts the count anew', () => {
  assert.equal(after(good, ...four, { kind: 'success' }, ...four).state, 'active')
  assert.equal(judgeRunner(good, { kind: 'success' }), null)
})

test('what is slow, repeated, shared by others or not its fault is not held against a runner', () => {
  const excuses: Partial<Extract<Ending, { kind: 'failure' }>>[] = [
    { startedAt: before(31) },
    { isLost: true },
    { isRepeated: true },
    { isSharedByOthers: true },
    { isRunnersFault: false },
  ]
  for (const excuse of excuses) assert.equal(judgeRunner(good, { ...failure, ...excuse }), null)
})

test('where nobody else could work, nobody is set aside', () => {
  const alone = { ...failure, othersCould: false }
  assert.equal(after(good, alone, alone, alone, alone, alone, alone).state, 'active')
  // As soon as another comes, the next failure counts.
  assert.equal(after(good, alone, alone, alone, alone, failure).state, 'set_aside')
})

test('a failed trial doubles the pause up to an hour, and a success forgets it all', () => {
  const trial = { ...failure, startedAt: now, othersCould: false }
  let standing = after(good, ...four, failure)
  const pauses: (number | null)[] = []
  for (let trials = 0; trials < 8; trials += 1) {
    pauses.push(judgeRunner(standing, trial)?.pauseMs ?? null)
    standing = after(standing, trial)
  }
  const minutes = pauses.map((pauseMs) => (pauseMs ?? 0) / 60_000)
  assert.deepEqual(minutes, [2, 4, 8, 16, 32, 60, 60, 60])
  const back = after(standing, { kind: 'success' })
  assert.deepEqual([back.state, back.quickFailures, back.setAsides], ['active', 0, 0])
})

test('what a runner took before it was set aside is no trial', () => {
  const aside = after(good, ...four, failure)
  assert.equal(judgeRunner(aside, failure), null)
})

test('a bad video in a trial neither brings a runner back nor lengthens its pause', () => {
  const aside = after(good, ...four, failure)
  const media = { ...failure, startedAt: now, isRunnersFault: false }
  assert.equal(judgeRunner(aside, media), null)
})

test("an operator's own word stays: a draining runner that fails is not set aside", () => {
  for (const state of ['draining', 'disabled'] as const) {
    const standing = after({ ...good, state }, ...four, failure)
    assert.equal(standing.state, state)
    assert.equal(after(standing, { kind: 'success' }).state, state)
  }
})
