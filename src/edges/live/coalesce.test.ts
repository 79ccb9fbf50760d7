import assert from 'node:assert/strict'
import { test } from 'node:test'
import { coalesce } from './coalesce.ts'

async function settle(): Promise<void> {
  for (let turn = 0; turn < 5; turn += 1) await Promise.resolve()
}

test('Runs at once, then once for all that was asked during the pause', async (t) => {
  t.mock.timers.enable({ apis: ['setTimeout'] })
  let runs = 0
  const flush = coalesce(async () => void (runs += 1), 500)
  flush.ask()
  await settle()
  assert.equal(runs, 1)
  for (let time = 0; time < 10; time += 1) flush.ask()
  t.mock.timers.tick(499)
  await settle()
  assert.equal(runs, 1)
  t.mock.timers.tick(1)
  await settle()
  assert.equal(runs, 2)
  t.mock.timers.tick(5000)
  await settle()
  assert.equal(runs, 2)
})

test('Nothing runs after the stop', async (t) => {
  t.mock.timers.enable({ apis: ['setTimeout'] })
  let runs = 0
  const flush = coalesce(async () => void (runs += 1), 500)
  flush.ask()
  await settle()
  flush.ask()
  flush.stop()
  t.mock.timers.tick(1000)
  await settle()
  flush.ask()
  assert.equal(runs, 1)
})
