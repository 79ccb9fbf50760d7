import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { test } from 'node:test'
import { createLogger } from '#config/log.ts'
import { openStepQueue } from '#database/step-queue.ts'
import type { Attempt } from '#database/step-run.ts'
import { createTestDatabase } from './support/database.ts'

test('a step of a process that is killed is taken by another within some 15 seconds (U130)', async (t) => {
  const { database, connection, url } = await createTestDatabase(t)
  const program = join(import.meta.dirname, 'support/database-hanging-worker.ts')
  const child = spawn(process.execPath, [program, url], { stdio: ['ignore', 'pipe', 'inherit'] })
  t.after(() => child.kill('SIGKILL'))
  await once(child.stdout, 'data')
  const queue = await openStepQueue(connection, createLogger({ logLevel: 'silent' }))
  t.after(() => queue.stop(1))
  await queue.enqueue(database, 'hanging', { id: 1 })
  await once(child.stdout, 'data')
  const { promise: taken, resolve } = Promise.withResolvers<Attempt>()
  await queue.work('hanging', async (_data, attempt) => resolve(attempt))
  await queue.start()
  child.kill('SIGKILL')
  const killedAt = performance.now()
  const { number, crashes } = await taken
  t.diagnostic(`taken after ${((performance.now() - killedAt) / 1000).toFixed(1)} s`)
  assert.deepEqual({ number, crashes }, { number: 1, crashes: 1 })
})
