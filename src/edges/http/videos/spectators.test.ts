import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import type { Site } from '#config/site-settings.ts'
import { createKey } from '#people/create-key.ts'
import { createUser } from '#people/create-user.ts'
import { openTestHttpServer } from '../../../../test/support/http-server.ts'
import { listenToEvents } from '../../../../test/support/live-events.ts'
import { insertVideoRows } from '../../../../test/support/video-rows.ts'
import { waitFor } from '../../../../test/support/wait-for.ts'

const password = 'a long password'

/** A server that trusts nobody, with one public and one private video of an uploader. */
async function openSite(t: TestContext, site: Site) {
  const { parts, url } = await openTestHttpServer(t, { adminKey: 'a-long-key', site })
  const { database } = parts
  const owner = await createUser(database, { name: 'Olive', role: 'uploader', password })
  const media = { durationSeconds: 4.5, tags: { comment: 'secret-tag' }, remarks: ['secret'] }
  const shown = await insertVideoRows(database, { name: 'Shown', state: 'failed', media })
  const hidden = await insertVideoRows(database, { name: 'Hidden' })
  const rows = { owner_id: owner.id, metadata: '{"note":"secret"}', external_id: null }
  await database.updateTable('videos').set(rows).execute()
  await database
    .updateTable('videos')
    .set({ visibility: 'private' })
    .where('id', '=', hidden.videoId)
    .execute()
  const error = {
    code: 'source_empty',
    message: 'secret.mov is empty.',
    details: { job: 'secret' },
  }
  await database
    .updateTable('versions')
    .set({ source_name: 'secret.mov', cpu_seconds: 12, error: JSON.stringify(error) })
    .execute()
  const call = async (path: string, headers: Record<string, string> = {}) => {
    const response = await fetch(`${url}/api/v1${path}`, { headers })
    return { status: response.status, text: await response.text() }
  }
  return { parts, url, owner, shown: shown.videoId, hidden: hidden.videoId, call }
}

test('SITE says whether strangers see the list; unset it needs a login (U100, C-02)', async (t) => {
  const open = await openSite(t, 'public')
  const { videos } = JSON.parse((await open.call('/videos')).text) as {
    videos: { id: string; owner: object }[]
  }
  assert.deepEqual(
    videos.map(({ id, owner }) => ({ id, owner })),
    [{ id: open.shown, owner: { id: open.owner.id, name: 'Olive' } }],
  )
  assert.equal((await open.call('/videos?owner=me')).status, 401)
  assert.equal((await open.call('/videos?metadata.note=secret')).status, 401)
  for (const site of ['members', 'off'] as const) {
    const { call, url } = await openSite(t, site)
    const home = await fetch(`${url}/`, { redirect: 'manual' })
    assert.equal(home.headers.get('location'), site === 'off' ? './console' : null)
    assert.equal((await call('/videos')).status, 401)
    assert.equal((await call('/events')).status, 401)
  }
})

test('Whoever has the address of a public video sees what a spectator may, and no more (U100, U103)', async (t) => {
  const { call, shown, hidden } = await openSite(t, 'members')
  const { status, text } = await call(`/videos/${shown}`)
  assert.equal(status, 200)
  assert.ok(!/secret|Olive/.test(text), text)
  const video = JSON.parse(text) as { error: object; source: object; owner: null; name: string }
  assert.equal(video.name, 'Shown')
  assert.deepEqual(video.error, { code: 'source_empty', message: 'The file is empty.' })
  assert.deepEqual(video.source, { filename: null, sizeBytes: null, durationSeconds: 4.5 })
  assert.equal(video.owner, null)
  for (const path of [`/videos/${hidden}`, `/videos/${hidden}/events`]) {
    assert.equal((await call(path)).status, 404, path)
  }
  assert.equal((await call(`/videos/${shown}/jobs`)).status, 401)
})

test('Who is known but may not change a video is told as little, its owner all (U103, U110)', async (t) => {
  const { parts, call, shown, owner } = await openSite(t, 'members')
  const keyOf = async (role: 'viewer' | 'uploader', userId: string | null) => {
    const wanted = { name: 'k', role, scopes: null, userId, expiresAt: null }
    const { key } = await createKey(parts.database, wanted)
    return { authorization: `Bearer ${key}` }
  }
  const viewed = await call(`/videos/${shown}`, await keyOf('viewer', null))
  assert.ok(!viewed.text.includes('secret'), viewed.text)
  assert.ok(viewed.text.includes('Olive'))
  const owned = await call(`/videos/${shown}`, await keyOf('uploader', owner.id))
  for (const part of ['secret.mov', 'secret-tag', '"note":"secret"', '"job":"secret"']) {
    assert.ok(owned.text.includes(part), part)
  }
})

test('Strangers follow a public video live, without the details of its events (U93, U103)', async (t) => {
  const { parts, url, shown, hidden } = await openSite(t, 'members')
  const data = JSON.stringify({ job: 'secret' })
  await parts.database
    .insertInto('events')
    .values({ video_id: shown, type: 'job.failed', data })
    .execute()
  const own = await listenToEvents(t, `${url}/api/v1/videos/${shown}/events`)
  const change = await own.next()
  assert.equal(change.event, 'change')
  assert.deepEqual(Object.keys(change.data).toSorted(), ['at', 'type'])
  const video = await own.next()
  assert.ok(video.event === 'video' && !JSON.stringify(video).includes('secret'))
  const all = await listenToEvents(t, `${url}/api/v1/events?video=${hidden},${shown}`)
  assert.equal((await all.next()).data['id'], shown)
})

test('Strangers have a limit of their own: a crowd is served, a flood is not (U110)', async (t) => {
  const { call, shown } = await openSite(t, 'members')
  const statuses: number[] = []
  for (let number = 0; number < 601; number += 1) {
    statuses.push((await call(`/videos/${shown}`)).status)
  }
  assert.deepEqual(new Set(statuses.slice(0, 600)), new Set([200]))
  assert.equal(statuses.at(-1), 429)
})

test('Strangers of one network hold so many streams open, and one that ends makes room (U93, U110)', async (t) => {
  const { url, shown } = await openSite(t, 'members')
  const listen = async (path: string) => {
    const leaving = new AbortController()
    t.after(() => leaving.abort())
    const { status, headers } = await fetch(`${url}/api/v1${path}`, { signal: leaving.signal })
    return { status, headers, leave: () => leaving.abort() }
  }
  const [one, all] = [`/videos/${shown}/events`, `/events?video=${shown}`]
  const open = []
  for (let number = 0; number < 50; number += 1) open.push(await listen(number % 2 ? one : all))
  assert.deepEqual(new Set(open.map(({ status }) => status)), new Set([200]))
  for (const path of [one, all]) {
    const { status, headers } = await listen(path)
    assert.deepEqual([status, headers.get('retry-after')], [429, '30'])
  }
  open[0]?.leave()
  await waitFor('room for one more', async () => (await listen(one)).status === 200)
})

test('A page asks who calls without an error for strangers (U100, U110)', async (t) => {
  const { call } = await openSite(t, 'members')
  const stranger = JSON.parse((await call('/site')).text) as { site: string; caller: unknown }
  assert.deepEqual([stranger.site, stranger.caller], ['members', null])
  const admin = await call('/site', { authorization: 'Bearer a-long-key' })
  const { caller } = JSON.parse(admin.text) as { caller: { kind: string; role: string } }
  assert.deepEqual([caller.kind, caller.role], ['admin_key', 'admin'])
  assert.equal((await call('/site', { authorization: 'Bearer wrong' })).status, 401)
})
