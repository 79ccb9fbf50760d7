import assert from 'node:assert/strict'
import { test } from 'node:test'
import { jobStates } from '#jobs/list.ts'
import { presentPayload, presentState } from './present-job.ts'

test('states have the numbers and labels of the protocol (D-53)', () => {
  assert.deepEqual(
    jobStates.map((state) => presentState(state).id),
    [1, 2, 3, 4, 5, 6, 7, 8, 9],
  )
  assert.deepEqual(presentState('processing'), { id: 2, label: 'Processing' })
})

test('a payload says where the source is, and a path only to whom it is given', () => {
  const payload = { type: 'x', input: { demuxer: 'mov' } }
  assert.deepEqual(presentPayload(payload, { url: 'http://h/s', path: null }), {
    type: 'x',
    input: { demuxer: 'mov', url: 'http://h/s' },
  })
  assert.deepEqual(presentPayload(payload, { url: 'u', path: '/d/s' })['input'], {
    demuxer: 'mov',
    url: 'u',
    path: '/d/s',
  })
})
