import assert from 'node:assert/strict'
import { test } from 'node:test'
import { notify } from '#database/notifications.ts'
import type { Parts } from '#flow/parts.ts'
import { createKey } from '#people/create-key.ts'
import { openTestHttpServer } from '../../../test/support/http-server.ts'
import { listenToEvents as listen } from '../../../test/support/live-events.ts'
import { insertVideoRows } from '../../../test/support/video-rows.ts'

async function record(parts: Parts, videoId: string, type: string): Promise<void> {
  await parts.database.transaction().execute(async (tx) => {
    await tx.insertInto('events').values({ video_id: videoId, type, data: '{"n":1}' }).execute()
    await notify(tx, 'video', { videoId })
  })
}

test('Events come as they happen, and resume after the last one seen (U93)', async (t) => {
  const { parts, url } = await openTestHttpServer(t)
  const { videoId } = await insertVideoRows(parts.database)
  await record(parts, videoId, 'video.created')
  const events = `${url}/api/v1/videos/${videoId}/events`
  const { next } = await listen(t, events)
  const created = await next()
  assert.deepEqual([created.event, created.data['type']], ['change', 'video.created'])
  const video = await next()
  assert.deepEqual([video.event, video.data['state']], ['video', 'encoding'])
  await record(parts, videoId, 'video.packaging')
  const packaging = await next()
  assert.deepEqual([packaging.data['type'], packaging.data['n']], ['video.packaging', 1])

  const again = await listen(t, events, { 'last-event-id': created.id ?? '' })
  assert.equal((await again.next()).id, packaging.id)
})

test('A flood of changes becomes a few snapshots, and the last state is among them', async (t) => {
  const { parts, url } = await openTestHttpServer(t)
  const { database } = parts
  const { videoId, versionId } = await insertVideoRows(database)
  const { next } = await listen(t, `${url}/api/v1/videos/${videoId}/events`)
  assert.equal((await next()).data['state'], 'encoding')
  for (let number = 0; number < 100; number += 1) {
    await database
      .updateTable('videos')
      .set({ name: `name ${number}` })
      .execute()
    await notify(database, 'video', { videoId })
  }
  await database
    .updateTable('versions')
    .set({ state: 'packaging' })
    .where('id', '=', versionId)
    .execute()
  await notify(database, 'video', { videoId })
  let count = 1
  while ((await next()).data['state'] !== 'packaging') count += 1
  assert.ok(count < 20, `${count} snapshots`)
})

test('Strangers are told what spectators need of a failure: the sentence (U103)', async (t) => {
  const { parts, url } = await openTestHttpServer(t, { adminKey: 'key' })
  const { videoId } = await insertVideoRows(parts.database, { state: 'failed' })
  await parts.database
    .updateTable('versions')
    .set({ error: JSON.stringify({ code: 'source_empty', message: 'The file is empty.' }) })
    .execute()
  const { next } = await listen(t, `${url}/api/v1/videos/${videoId}/events`)
  const { state, playable, error } = (await next()).data
  assert.deepEqual([state, playable], ['failed', false])
  assert.deepEqual(error, { code: 'source_empty', message: 'The file is empty.' })
})

test('A deleted video ends its events', async (t) => {
  const { parts, url } = await openTestHttpServer(t)
  const { videoId } = await insertVideoRows(parts.database)
  const { next, ended } = await listen(t, `${url}/api/v1/videos/${videoId}/events`)
  await next()
  await parts.database.deleteFrom('videos').where('id', '=', videoId).execute()
  await notify(parts.database, 'video', { videoId })
  assert.equal((await next()).event, 'deleted')
  assert.equal(await ended(), true)
})

test('who may not see the video any more is told that it is gone, and no more (U93, U110)', async (t) => {
  const { parts, url } = await openTestHttpServer(t, { adminKey: 'a-long-key' })
  const { videoId } = await insertVideoRows(parts.database)
  const { key } = await createKey(parts.database, {
    ...{ name: 'a page', role: 'viewer', scopes: null, userId: null, expiresAt: null },
  })
  const watching = [
    await listen(t, `${url}/api/v1/videos/${videoId}/events`),
    await listen(t, `${url}/api/v1/videos/${videoId}/events`, { authorization: `Bearer ${key}` }),
  ]
  for (const { next } of watching) assert.equal((await next()).event, 'video')
  await parts.database.updateTable('videos').set({ visibility: 'private' }).execute()
  await record(parts, videoId, 'video.packaging')
  for (const { next, ended } of watching) {
    assert.deepEqual((await next()).event, 'deleted')
    assert.ok(await ended())
  }
})

test('who resumes from long ago gets all that was missed, however much (U93)', async (t) => {
  const { parts, url } = await openTestHttpServer(t)
  const { videoId } = await insertVideoRows(parts.database)
  const row = { video_id: videoId, type: 'video.file', data: '{}' }
  await parts.database.insertInto('events').values(Array(600).fill(row)).execute()
  const { next } = await listen(t, `${url}/api/v1/videos/${videoId}/events`)
  let changes = 0
  while ((await next()).event === 'change') changes += 1
  assert.equal(changes, 600)
})
