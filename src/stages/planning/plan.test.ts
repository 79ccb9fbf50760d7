import assert from 'node:assert/strict'
import { test } from 'node:test'
import { makeMediaInfo } from '../../../test/support/media-info.ts'
import { readPlan } from './plan.ts'
import { planVersion } from './plan-version.ts'

test('a plan of before there were whole files is one of chunks', () => {
  const plan = planVersion(
    makeMediaInfo(),
    { name: 'x', video: [] },
    { own: 1, slots: 1, stock: 0 },
  )
  const { kind, ...old } = plan
  assert.equal(kind, 'chunks')
  assert.deepEqual(readPlan(old), plan)
})
