import assert from 'node:assert/strict'
import { test } from 'node:test'
import { notify } from '#database/notifications.ts'
import { openTestHttpServer } from '../../test/support/http-server.ts'
import { insertVideoRows } from '../../test/support/video-rows.ts'
import { createReelmillClient, ReelmillProblem, VideoEnded } from './index.ts'

test('What the server refuses is a typed error with its code (U80)', async (t) => {
  const { url } = await openTestHttpServer(t, { adminKey: 'a-long-key' })
  const client = createReelmillClient({ baseUrl: url, key: 'a-long-key' })
  const path = { id: '00000000-0000-4000-8000-000000000000' }
  await assert.rejects(client.GET('/api/v1/videos/{id}', { params: { path } }), (error) => {
    assert.ok(error instanceof ReelmillProblem)
    assert.deepEqual([error.code, error.status], ['video_not_found', 404])
    assert.ok(error.requestId)
    return true
  })
  const stranger = createReelmillClient({ baseUrl: url, key: 'another' })
  await assert.rejects(stranger.GET('/api/v1/videos'), { code: 'unauthorized' })
  const proxy = createReelmillClient({
    baseUrl: url,
    fetch: async () => new Response('<h1>Bad gateway</h1>', { status: 502 }),
  })
  await assert.rejects(proxy.GET('/api/v1/videos'), { code: 'server_refused', status: 502 })
})

test('All videos are listed over pages, as far as one looks', async (t) => {
  const { url, parts } = await openTestHttpServer(t)
  for (const name of ['a', 'b', 'c', 'd', 'e']) await insertVideoRows(parts.database, { name })
  const calls: string[] = []
  const client = createReelmillClient({
    baseUrl: url,
    fetch: async (...args) => {
      calls.push('call')
      return fetch(...args)
    },
  })
  const names: string[] = []
  for await (const { name } of client.videos({ limit: 2 })) names.push(name)
  assert.deepEqual(names.toSorted(), ['a', 'b', 'c', 'd', 'e'])
  assert.equal(calls.length, 3)
  for (const state of ['failed', ['failed', 'cancelled']] as const) {
    for await (const { name } of client.videos({
      state: typeof state === 'string' ? state : [...state],
    })) {
      assert.fail(`${name} did not fail`)
    }
  }
})

test('A server without its database for a moment is waited for (U93)', async (t) => {
  const { url, parts } = await openTestHttpServer(t)
  const { videoId } = await insertVideoRows(parts.database)
  await parts.database.updateTable('videos').set({ published_version: 1 }).execute()
  await parts.database.updateTable('versions').set({ state: 'published' }).execute()
  let away = 1
  const client = createReelmillClient({
    baseUrl: url,
    fetch: async (...args) => {
      if (away-- > 0) return new Response(null, { status: 503 })
      return fetch(...args)
    },
  })
  assert.equal((await client.waitFor(videoId, 'published')).state, 'published')
})

test('It is waited for a video by live events, and by asking where those do not come through (U93)', async (t) => {
  const { url, parts } = await openTestHttpServer(t)
  const { database } = parts
  const { videoId } = await insertVideoRows(database)
  const client = createReelmillClient({ baseUrl: url })
  const deaf = createReelmillClient({
    baseUrl: url,
    fetch: async (...args) => {
      const isEvents = typeof args[0] === 'string' && args[0].endsWith('/events')
      return isEvents ? Promise.reject(new TypeError('cut off')) : fetch(...args)
    },
  })
  const waiting = [client.waitFor(videoId, 'published'), deaf.waitFor(videoId, 'published')]
  await database.updateTable('videos').set({ published_version: 1 }).execute()
  await database.updateTable('versions').set({ state: 'published' }).execute()
  await notify(database, 'video', { videoId })
  for (const video of await Promise.all(waiting)) assert.equal(video.state, 'published')

  const error = JSON.stringify({ code: 'source_damaged', message: 'It is broken.' })
  await database.updateTable('versions').set({ state: 'failed', error }).execute()
  await database.updateTable('videos').set({ published_version: null }).execute()
  await assert.rejects(client.waitFor(videoId, 'playable'), (failure) => {
    assert.ok(failure instanceof VideoEnded)
    return failure.message === 'It is broken.' && failure.video.error?.code === 'source_damaged'
  })
  const late = AbortSignal.abort(new Error('enough'))
  await assert.rejects(client.waitFor(videoId, 'playable', late), /enough/)
})
