import assert from 'node:assert/strict'
import { test } from 'node:test'
import { jobStates } from '#jobs/list.ts'
import { presentState } from './present-job.ts'

test('states have the numbers and labels of the protocol (D-53)', () => {
  assert.deepEqual(
    jobStates.map((state) => presentState(state).id),
    [1, 2, 3, 4, 5, 6, 7, 8, 9],
  )
  assert.deepEqual(presentState('processing'), { id: 2, label: 'Processing' })
})
