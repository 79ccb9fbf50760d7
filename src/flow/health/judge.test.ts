import assert from 'node:assert/strict'
import { test } from 'node:test'
import { worstOf } from './check.ts'
import {
  judgeDisk,
  judgeFailures,
  judgePolicies,
  judgeQueue,
  judgeRunners,
  judgeSweep,
} from './judge.ts'

const fleet = (about: object) => ({
  total: 2,
  online: 2,
  byState: { active: 2, draining: 0, disabled: 0, set_aside: 0 },
  slots: 4,
  held: 1,
  saturation: 0.25,
  ...about,
})

const queue = (pending: number, oldestWaitingSeconds: number | null = null) => ({
  byState: { pending, processing: 0, completing: 0, waiting_for_parent: 0, errored: 0 },
  active: pending,
  pendingByType: {},
  oldestWaitingAt: null,
  oldestWaitingSeconds,
})

const hour = (about: object) => {
  const nothing = { completedJobs: 0, failedTries: 0, frames: 0 }
  const counters = {
    ...nothing,
    publishedVideos: 0,
    publishedSeconds: 0,
    failedVideos: 0,
    ...about,
  }
  return { throughput: { hour: counters, day: counters } }
}

test('the fleet is well, or the sentence says what is wrong (P-71)', () => {
  const state = (runners: object, pending = 0) =>
    judgeRunners({ runners: fleet(runners), jobs: queue(pending) })
  assert.deepEqual(state({}), { state: 'well', sentence: '2 runners online, 1 job on 4 slots.' })
  assert.equal(state({ online: 0 }).state, 'warning')
  assert.equal(state({ online: 0 }, 2).sentence, '2 jobs wait, and no runner is online.')
  const drained = { active: 0, draining: 2, disabled: 0, set_aside: 0 }
  assert.equal(state({ byState: drained }).state, 'failing')
})

test('waits, failures, disks and sweeps are judged by their figures', () => {
  assert.equal(
    judgeQueue({ jobs: queue(3, 30), isHeldBack: false }).sentence,
    '3 jobs waiting, the oldest for 30 s.',
  )
  assert.equal(judgeQueue({ jobs: queue(1, 900), isHeldBack: false }).state, 'warning')
  assert.equal(
    judgeFailures(hour({ failedVideos: 1 })).sentence,
    '1 video failed in the last hour.',
  )
  assert.equal(judgeFailures(hour({ failedTries: 9, completedJobs: 90 })).state, 'well')
  assert.equal(judgeFailures(hour({ failedTries: 9, completedJobs: 3 })).state, 'warning')
  const disk = (freeBytes: number) => judgeDisk({ freeBytes, totalBytes: 1e12 }).state
  assert.deepEqual([disk(1e11), disk(2e9), disk(1e8)], ['well', 'warning', 'failing'])
  assert.equal(judgeSweep({ error: null, missing: 1 }).state, 'failing')
})

test('work that a policy holds back is told as that, not as a lack of runners', () => {
  assert.equal(judgeQueue({ jobs: queue(9, 9000), isHeldBack: true }).state, 'well')
  const policy = { key: 'transcodeEnabled', value: false, default: true } as const
  const waiting = { what: 'jobs', count: 9 } as const
  assert.deepEqual(judgePolicies([{ ...policy, waiting }]), {
    state: 'warning',
    sentence: 'Transcoding is stopped by a policy; 9 jobs waiting.',
  })
  const asUsual = { key: 'nodeTimeout', value: 5, default: 900, waiting: null } as const
  assert.equal(judgePolicies([asUsual]).state, 'well')
})

test('the worst of all counts', () => {
  const check = (state: 'well' | 'warning' | 'failing') => ({
    name: 'disk' as const,
    state,
    sentence: '',
  })
  assert.equal(worstOf([check('well'), check('warning')]), 'warning')
  assert.equal(worstOf([check('failing'), check('warning')]), 'failing')
  assert.equal(worstOf([]), 'well')
})
