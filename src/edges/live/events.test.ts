import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import type { Config } from '#config/config.ts'
import { notify } from '#database/notifications.ts'
import { buildHttpServer } from '#edges/http/server.ts'
import { recordEvent } from '#flow/advance.ts'
import { deleteVideo } from '#flow/delete-video.ts'
import type { Parts } from '#flow/parts.ts'
import { createKey } from '#people/create-key.ts'
import { createUser } from '#people/create-user.ts'
import { updateUser } from '#people/update-user.ts'
import { updateVideo } from '#videos/update.ts'
import { openTestHttpServer } from '../../../test/support/http-server.ts'
import { type Listening, listenToEvents } from '../../../test/support/live-events.ts'
import { openTestParts } from '../../../test/support/parts.ts'
import { insertVideoRows } from '../../../test/support/video-rows.ts'
import { waitFor } from '../../../test/support/wait-for.ts'

async function open(t: TestContext, settings: Partial<Config> = {}) {
  const { parts, url } = await openTestHttpServer(t, settings)
  const listen = async (query = '', headers: Record<string, string> = {}) =>
    listenToEvents(t, `${url}/api/v1/events${query}`, headers)
  return { parts, url, listen }
}

async function tell({ database }: Parts, videoId: string, type = 'video.packaging') {
  await database.transaction().execute((tx) => recordEvent(tx, videoId, type, { version: 1 }))
}

/** What comes until something that is looked for. */
async function until(
  { next }: Listening,
  isLast: (event: Awaited<ReturnType<Listening['next']>>) => boolean,
) {
  const events = []
  for (;;) {
    const event = await next()
    events.push(event)
    if (isLast(event)) return events
  }
}

test('what happens to any video is told to who listens, each event once (U93, M-37)', async (t) => {
  const { parts, listen } = await open(t)
  const [first, second] = [
    await insertVideoRows(parts.database),
    await insertVideoRows(parts.database),
  ]
  await tell(parts, first.videoId, 'video.probing')
  const stream = await listen()
  await tell(parts, first.videoId)
  await tell(parts, second.videoId)
  await tell(parts, first.videoId, 'video.publishing')
  const events = await until(stream, ({ data }) => data['type'] === 'video.publishing')
  assert.deepEqual(
    events.flatMap(({ event, data }) =>
      event === 'change' ? [[data['videoId'], data['type']]] : [],
    ),
    [
      [first.videoId, 'video.packaging'],
      [second.videoId, 'video.packaging'],
      [first.videoId, 'video.publishing'],
    ],
  )
  // Of several looks only the first has news of what the video is.
  const isFirst = ({ event, data }: (typeof events)[number]) =>
    event === 'video' && data['id'] === first.videoId
  const more = events.some(isFirst) ? [] : await until(stream, isFirst)
  const shown = [...events, ...more].filter(({ event }) => event === 'video')
  assert.ok(shown.every(({ data }) => data['state'] === 'encoding'))
})

test('who was away gets what it missed, and nothing twice (U93)', async (t) => {
  const { parts, listen } = await open(t)
  const { videoId } = await insertVideoRows(parts.database)
  const types = ['video.probing', 'video.planning', 'video.encoding']
  for (const type of types) await tell(parts, videoId, type)
  const isEncoding = ({ data }: { data: Record<string, unknown> }) =>
    data['type'] === 'video.encoding'
  const all = await until(await listen('', { 'last-event-id': '0' }), isEncoding)
  assert.deepEqual(
    all.map(({ data }) => data['type']),
    types,
  )
  const again = await listen('', { 'last-event-id': all[0]?.id ?? '' })
  await tell(parts, videoId, 'video.packaging')
  const missed = await until(again, ({ data }) => data['type'] === 'video.packaging')
  const changes = missed.filter(({ event }) => event === 'change')
  assert.deepEqual(
    changes.map(({ data }) => data['type']),
    [...types.slice(1), 'video.packaging'],
  )
})

test('who names videos and was away gets what it missed of these alone (U93)', async (t) => {
  const { parts, listen } = await open(t)
  const [one, two, other] = [
    await insertVideoRows(parts.database),
    await insertVideoRows(parts.database),
    await insertVideoRows(parts.database),
  ]
  const happened = [two, other, one, other, two]
  for (const { videoId } of happened) await tell(parts, videoId)
  await tell(parts, one.videoId, 'video.publishing')
  const query = `?video=${one.videoId},${two.videoId}`
  const isLast = ({ data }: { data: Record<string, unknown> }) =>
    data['type'] === 'video.publishing'
  const missed = await until(await listen(query, { 'last-event-id': '0' }), isLast)
  assert.deepEqual(
    missed.map(({ data }) => data['videoId']),
    [two.videoId, one.videoId, two.videoId, one.videoId],
  )
})

test('filters let through one video, or snapshots in one state (U93)', async (t) => {
  const { parts, listen } = await open(t)
  const wanted = await insertVideoRows(parts.database)
  const other = await insertVideoRows(parts.database, { published: true })
  const one = await listen(`?video=${wanted.videoId}`)
  assert.equal((await one.next()).data['id'], wanted.videoId)
  const published = await listen('?state=published')
  await tell(parts, wanted.videoId)
  await tell(parts, other.videoId)
  await tell(parts, wanted.videoId, 'video.publishing')
  const isLast = ({ data }: { data: Record<string, unknown> }) =>
    data['type'] === 'video.publishing'
  for (const { data } of await until(one, isLast)) {
    assert.ok([data['id'], data['videoId']].includes(wanted.videoId))
  }
  const snapshot = await until(published, ({ event }) => event === 'video')
  assert.equal(snapshot.at(-1)?.data['id'], other.videoId)
})

test('a flood of progress becomes two snapshots a second at most (U93)', async (t) => {
  const { parts, listen } = await open(t)
  const { database } = parts
  const { videoId } = await insertVideoRows(database)
  const stream = await listen()
  for (let number = 0; number <= 100; number += 1) {
    await database
      .updateTable('videos')
      .set({ name: `name ${number}` })
      .execute()
    await notify(database, 'video', { videoId })
  }
  const snapshots = await until(stream, ({ data }) => data['name'] === 'name 100')
  assert.ok(snapshots.length < 20, `${snapshots.length} snapshots`)
})

test('everybody is told of what they may see: viewers nothing of private videos, and no notes (M-37, U110)', async (t) => {
  const adminKey = 'a-long-enough-key'
  const { parts, url, listen } = await open(t, { adminKey })
  const { key } = await createKey(parts.database, {
    ...{ name: 'a page', role: 'viewer', scopes: null, userId: null, expiresAt: null },
  })
  assert.equal((await fetch(`${url}/api/v1/events`)).status, 401)
  const hidden = await insertVideoRows(parts.database)
  await parts.database.updateTable('videos').set({ visibility: 'private' }).execute()
  const shown = await insertVideoRows(parts.database)
  await parts.database.updateTable('videos').set({ metadata: '{"note":1}' }).execute()
  const [viewer, admin] = [
    await listen('', { authorization: `Bearer ${key}` }),
    await listen('', { authorization: `Bearer ${adminKey}` }),
  ]
  await tell(parts, hidden.videoId)
  await tell(parts, shown.videoId)
  const isShown = ({ event, data }: { event: string; data: Record<string, unknown> }) =>
    event === 'video' && data['id'] === shown.videoId
  const seen = await until(viewer, isShown)
  assert.ok(!JSON.stringify(seen).includes(hidden.videoId))
  assert.deepEqual(seen.at(-1)?.data['metadata'], {})
  const all = await until(admin, isShown)
  assert.ok(JSON.stringify(all).includes(hidden.videoId))
  assert.deepEqual(all.at(-1)?.data['metadata'], { note: 1 })
  await deleteVideo(parts, hidden.videoId)
  await deleteVideo(parts, shown.videoId)
  const last = await until(viewer, ({ event }) => event === 'deleted')
  assert.deepEqual(last.at(-1)?.data, { id: shown.videoId })
})

test('what people change of a video is told too (U93, C-02)', async (t) => {
  const { parts, listen } = await open(t)
  const { videoId } = await insertVideoRows(parts.database)
  const stream = await listen()
  await updateVideo(parts.database, videoId, { name: 'Another' })
  const seen = await until(stream, ({ event }) => event === 'video')
  assert.equal(seen.at(-1)?.data['name'], 'Another')
})

test('more events than are read at once are all told, and soon (U93)', async (t) => {
  const { parts, listen } = await open(t)
  const { videoId } = await insertVideoRows(parts.database)
  const stream = await listen()
  const row = { video_id: videoId, type: 'video.file', data: '{}' }
  await parts.database.insertInto('events').values(Array(1500).fill(row)).execute()
  await tell(parts, videoId, 'video.published')
  const isLast = ({ data }: { data: Record<string, unknown> }) => data['type'] === 'video.published'
  const changes = (await until(stream, isLast)).filter(({ event }) => event === 'change')
  assert.equal(changes.length, 1501)
})

test('what is told leads where viewers fetch it, past the server where they may (M-43, C-26)', async (t) => {
  const parts = await openTestParts(t)
  const refuse = () => Promise.reject(new Error('Nobody signs here.'))
  const publicUrl = (key: string) => `https://cdn.example/${key}`
  const signer = { get: refuse, put: refuse, post: refuse, publicUrl }
  const app = await buildHttpServer({ ...parts, storage: { ...parts.storage, signer } })
  t.after(() => app.close())
  const url = await app.listen({ host: '127.0.0.1', port: 0 })
  const { videoId } = await insertVideoRows(parts.database, { published: true })
  const { next } = await listenToEvents(t, `${url}/api/v1/events?video=${videoId}`)
  const asked = await fetch(`${url}/api/v1/videos/${videoId}`)
  assert.deepEqual((await next()).data, await asked.json())
})

test('who is given a lower role is told less from then on (U110)', async (t) => {
  const { parts, listen } = await open(t, { adminKey: 'a-long-enough-key' })
  const user = { name: 'op', role: 'operator', password: 'a long password' } as const
  const { id: userId } = await createUser(parts.database, user)
  const about = { name: 'op', role: 'operator', scopes: null, expiresAt: null } as const
  const { key } = await createKey(parts.database, { ...about, userId })
  const hidden = await insertVideoRows(parts.database)
  await parts.database.updateTable('videos').set({ visibility: 'private' }).execute()
  const shown = await insertVideoRows(parts.database)
  const looks = t.mock.method(globalThis, 'setInterval')
  const stream = await listen('', { authorization: `Bearer ${key}` })
  const look = looks.mock.calls.find(({ arguments: [, ms] }) => ms === 60_000)?.arguments[0]
  await tell(parts, hidden.videoId)
  // What was changed just before may still be told first.
  await until(stream, ({ data }) => data['videoId'] === hidden.videoId)
  await updateUser(parts.database, userId, { role: 'viewer' })
  look?.()
  await waitFor('a round without a word of the private video', async () => {
    await tell(parts, hidden.videoId)
    await tell(parts, shown.videoId)
    const isLast = ({ data }: { data: Record<string, unknown> }) =>
      data['videoId'] === shown.videoId
    return !JSON.stringify(await until(stream, isLast)).includes(hidden.videoId)
  })
})
