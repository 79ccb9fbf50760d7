import assert from 'node:assert/strict'
import { test } from 'node:test'
import { waitFor } from '../../../test/support/wait-for.ts'
import { startProgressReports } from './progress-reports.ts'

test('signs of life follow a lease that is short, though progress stands still', async (t) => {
  const told: number[] = []
  const reports = startProgressReports({
    send: (progress) => Promise.resolve(told.push(progress)),
    onFailure: (error) => assert.fail(String(error)),
    signal: t.signal,
    leaseSeconds: 0.3,
  })
  t.after(() => reports.stop())
  const startedAt = performance.now()
  await waitFor('signs of life', () => told.length > 3)
  // Each of them would come after 20 s.
  assert.ok(performance.now() - startedAt < 15_000)
  assert.deepEqual(new Set(told), new Set([0]))
})
