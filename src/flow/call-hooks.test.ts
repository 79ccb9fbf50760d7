import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sql } from 'kysely'
import { claimHookCall } from '#hooks/claim-call.ts'
import { listHookCalls, retryHookCall } from '#hooks/list-calls.ts'
import { registerHooks } from '#hooks/register.ts'
import { openTestParts } from '../../test/support/parts.ts'
import { insertVideoRows } from '../../test/support/video-rows.ts'
import { waitFor } from '../../test/support/wait-for.ts'
import { recordEvent } from './advance.ts'
import { type HookCall, startCallingHooks } from './call-hooks.ts'
import { deleteVideo } from './delete-video.ts'
import type { Parts } from './parts.ts'

function tell(parts: Parts, videoId: string, type: string): Promise<void> {
  return parts.database
    .transaction()
    .execute((tx) => recordEvent(tx, videoId, type, { version: 1 }))
}

test('A hook is called once for each event, by one of the processes that have it (D-70, M-34, U90)', async (t) => {
  const parts = await openTestParts(t)
  const { videoId } = await insertVideoRows(parts.database)
  const calls: HookCall[] = []
  const hook = {
    name: 'app.onPublished',
    events: ['video.published'],
    call: (call: HookCall) => calls.push(call),
  }
  const stops = await Promise.all([1, 2, 3].map(() => startCallingHooks(parts, [hook])))
  t.after(async () => void (await Promise.all(stops.map((stop) => stop()))))
  for (let round = 0; round < 20; round += 1) await tell(parts, videoId, 'video.published')
  await tell(parts, videoId, 'video.playable')
  await waitFor('all calls to be over', async () => {
    const list = await listHookCalls(parts.database, { state: 'completed' })
    return list.length === 20
  })
  assert.equal(calls.length, 20)
  assert.equal(new Set(calls.map(({ key }) => key)).size, 20)
  assert.deepEqual(calls[0]?.event.data, { version: 1 })
})

test('A hook that throws is called again with the same key, and nothing else is touched (D-74, WD7, U134)', async (t) => {
  const parts = await openTestParts(t)
  const { videoId } = await insertVideoRows(parts.database)
  const keys: string[] = []
  const stop = await startCallingHooks(parts, [
    {
      name: 'app.bad',
      events: ['video.failed'],
      call: async ({ key, attempt }) => {
        keys.push(key)
        if (attempt < 3) throw new Error(`try ${attempt} was bad`)
      },
    },
  ])
  t.after(stop)
  await tell(parts, videoId, 'video.failed')
  await waitFor('the first failure', async () => {
    const [call] = await listHookCalls(parts.database)
    return call?.error === 'try 1 was bad'
  })
  await hasten(parts)
  const [call] = await waitFor('the third try', async () => {
    await hasten(parts)
    const over = await listHookCalls(parts.database, { state: 'completed', videoId })
    return over.length > 0 && over
  })
  assert.equal(call?.tries, 3)
  assert.equal(call?.error, null)
  assert.equal(new Set(keys).size, 1)
  assert.equal(keys.length, 3)
})

/** Waiting calls become due now, as if their pause were over. */
async function hasten(parts: Parts): Promise<void> {
  await parts.database
    .updateTable('hook_calls')
    .set({ not_before: sql<Date>`now()` })
    .where('state', '=', 'waiting')
    .where('claim', 'is', null)
    .execute()
  await sql`select pg_notify('reelmill', '{"topic":"hooks"}')`.execute(parts.database)
}

test('Events of the time when nobody was there are told later; a deleted video is told in short (U134)', async (t) => {
  const parts = await openTestParts(t)
  const { videoId } = await insertVideoRows(parts.database)
  await registerHooks(parts.database, [{ name: 'app.gone', events: ['video.deleted'] }])
  await deleteVideo(parts, videoId)
  const told: HookCall[] = []
  const hook = {
    name: 'app.gone',
    events: ['video.deleted'],
    call: (call: HookCall) => told.push(call),
  }
  const stop = await startCallingHooks(parts, [hook])
  t.after(stop)
  await waitFor('the call', () => told.length > 0)
  assert.deepEqual(told[0]?.was, { id: videoId, name: 'A video', externalId: null, metadata: {} })
})

test('A call whose process died is made again, and one that was given up when that is wished', async (t) => {
  const parts = await openTestParts(t)
  const { videoId } = await insertVideoRows(parts.database)
  await registerHooks(parts.database, [{ name: 'app.a', events: ['video.published'] }])
  await tell(parts, videoId, 'video.published')
  // As a process does that dies before it says how it ended.
  const lost = await claimHookCall(parts.database, ['app.a'])
  assert.equal(lost?.tries, 1)
  assert.equal(await claimHookCall(parts.database, ['app.a']), null)
  await parts.database
    .updateTable('hook_calls')
    .set({ not_before: sql<Date>`now()`, tries: 11 })
    .execute()
  const stop = await startCallingHooks(parts, [
    {
      name: 'app.a',
      events: ['video.published'],
      call: ({ attempt }) => {
        if (attempt > 1) throw new Error('never')
      },
    },
  ])
  t.after(stop)
  const [failed] = await waitFor('the last try', async () => {
    const list = await listHookCalls(parts.database, { state: 'failed' })
    return list.length > 0 && list
  })
  assert.equal(failed?.error, 'never')
  assert.ok(await retryHookCall(parts.database, failed?.id ?? 0))
  await waitFor('the call', async () => {
    const list = await listHookCalls(parts.database, { state: 'completed' })
    return list.length === 1
  })
  assert.equal(await retryHookCall(parts.database, failed?.id ?? 0), false)
})

test('A hook that hangs keeps no other hook waiting (D-74, U134)', async (t) => {
  const parts = await openTestParts(t)
  const { videoId } = await insertVideoRows(parts.database)
  const release = Promise.withResolvers<void>()
  let hanging = 0
  let told = 0
  const hang = () => {
    hanging += 1
    return release.promise
  }
  const stop = await startCallingHooks(parts, [
    { name: 'app.hangs', events: ['video.published'], call: hang },
    { name: 'app.works', events: ['video.playable'], call: () => void (told += 1) },
  ])
  t.after(stop)
  t.after(() => release.resolve())
  for (let round = 0; round < 20; round += 1) await tell(parts, videoId, 'video.published')
  await waitFor('as many as there is room for', () => hanging === 8)
  await tell(parts, videoId, 'video.playable')
  await waitFor('the other hook', () => told === 1)
  release.resolve()
  await waitFor('all calls', () => hanging === 20)
})
