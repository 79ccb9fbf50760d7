import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { sql } from 'kysely'
import { createLogger } from '#config/log.ts'
import { createTestDatabase, type TestDatabase } from '../../test/support/database.ts'
import { openStepQueue } from './step-queue.ts'
import type { Attempt, StepHandler } from './step-run.ts'

const log = createLogger({ logLevel: 'silent' })

async function openQueue(t: TestContext, { connection }: TestDatabase) {
  const queue = await openStepQueue(connection, log)
  t.after(() => queue.stop(1))
  return queue
}

/** A handler that throws as often as told, and what it was given. */
function record(throws: number) {
  const runs: { data: unknown; attempt: Attempt }[] = []
  const { promise: done, resolve } = Promise.withResolvers<void>()
  const handler: StepHandler = async (data, attempt) => {
    runs.push({ data, attempt })
    if (runs.length <= throws) throw new Error('not yet')
    resolve()
  }
  return { runs, done, handler }
}

test('a step that is enqueued in a transaction starts when that commits, and at once', async (t) => {
  const testDatabase = await createTestDatabase(t)
  const { database } = testDatabase
  const queue = await openQueue(t, testDatabase)
  const latenciesMs: number[] = []
  let next = Promise.withResolvers<void>()
  await queue.work('quick', async () => next.resolve())
  await queue.start()
  for (let round = 0; round < 20; round++) {
    next = Promise.withResolvers<void>()
    await database.transaction().execute((tx) => queue.enqueue(tx, 'quick', { round }))
    const committedAt = performance.now()
    await next.promise
    latenciesMs.push(performance.now() - committedAt)
  }
  latenciesMs.sort((a, b) => a - b)
  t.diagnostic(`commit to start: median ${latenciesMs[10]?.toFixed(1)} ms`)
  // Below the two seconds between polls: it was the notification that woke the worker.
  assert.ok((latenciesMs[10] ?? 0) < 1000)
})

test('a step whose transaction is rolled back never was', async (t) => {
  const testDatabase = await createTestDatabase(t)
  const { database } = testDatabase
  const queue = await openQueue(t, testDatabase)
  const { runs, done, handler } = record(0)
  await queue.work('kept', handler)
  await queue.start()
  await assert.rejects(
    database.transaction().execute(async (tx) => {
      await queue.enqueue(tx, 'kept', { id: 'never' })
      throw new Error('rolled back')
    }),
  )
  await queue.enqueue(database, 'kept', { id: 'real' })
  await done
  assert.deepEqual(
    runs.map(({ data }) => data),
    [{ id: 'real' }],
  )
})

test('a step that throws is tried again, is told its last attempt, and is not lost then (U72)', async (t) => {
  const testDatabase = await createTestDatabase(t)
  const queue = await openQueue(t, testDatabase)
  const flaky = record(1)
  const stubborn = record(1)
  await queue.work('flaky', flaky.handler, { attempts: 2 })
  await queue.work('stubborn', stubborn.handler, { attempts: 1 })
  await queue.start()
  await queue.enqueue(testDatabase.database, 'flaky', { id: 1 })
  await queue.enqueue(testDatabase.database, 'stubborn', { id: 1 })
  await Promise.all([flaky.done, stubborn.done])
  const told = (runs: typeof flaky.runs) =>
    runs.map(({ attempt: { number, last, crashes } }) => ({ number, last, crashes }))
  assert.deepEqual(told(flaky.runs), [
    { number: 1, last: false, crashes: 0 },
    { number: 2, last: true, crashes: 0 },
  ])
  assert.deepEqual(told(stubborn.runs), [
    { number: 1, last: true, crashes: 0 },
    { number: 2, last: true, crashes: 0 },
  ])
})

test('a process that only enqueues needs no start, and the step waits for one that works', async (t) => {
  const testDatabase = await createTestDatabase(t)
  const { database, connection } = testDatabase
  const client = await openStepQueue(connection, log)
  await database.transaction().execute((tx) => client.enqueue(tx, 'later', { id: 7 }))
  await client.stop(1)
  const queue = await openQueue(t, testDatabase)
  const { runs, done, handler } = record(0)
  await queue.work('later', handler)
  await queue.start()
  await done
  assert.deepEqual(runs[0]?.data, { id: 7 })
})

test('stopping waits for the run in hand', async (t) => {
  const { database, connection } = await createTestDatabase(t)
  const queue = await openStepQueue(connection, log)
  const started = Promise.withResolvers<void>()
  const release = Promise.withResolvers<void>()
  let ended = false
  await queue.work('slow', async () => {
    started.resolve()
    await release.promise
    ended = true
  })
  await queue.start()
  await queue.enqueue(database, 'slow', {})
  await started.promise
  const stopped = queue.stop()
  release.resolve()
  await stopped
  assert.ok(ended)
  const { rows } = await sql<{ state: string }>`
    select state::text from pgboss.job where name = 'slow'`.execute(database)
  assert.deepEqual(rows, [{ state: 'completed' }])
})
