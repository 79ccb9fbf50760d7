import assert from 'node:assert/strict'
import { request } from 'node:http'
import { test } from 'node:test'
import { buildHttpServer } from '#edges/http/server.ts'
import { createKey } from '#people/create-key.ts'
import { openTestHttpServer } from '../../../../test/support/http-server.ts'
import { openTestParts } from '../../../../test/support/parts.ts'
import { insertVideoRows } from '../../../../test/support/video-rows.ts'

/** fetch() does not let us choose `Host`; this does. */
function statusOf(
  url: string,
  path: string,
  headers: Record<string, string>,
  method = 'GET',
): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    request(`${url}${path}`, { method, headers }, (response) => {
      response.resume()
      resolve(response.statusCode)
    })
      .on('error', reject)
      .end()
  })
}

const videos = '/api/v1/videos'

test('An open server answers to the names of its machine only (U110, C-44)', async (t) => {
  const { url } = await openTestHttpServer(t)
  for (const host of ['localhost', 'localhost:8000', '127.0.0.1:1', '[::1]:8000']) {
    assert.equal(await statusOf(url, videos, { host }), 200, host)
  }
  const strangers = ['evil.example', 'localhost.evil.example', '10.0.0.1', 'a b']
  const disguised = ['evil@localhost', 'localhost/@evil', 'localhost#evil', 'localhost:x']
  for (const host of [...strangers, ...disguised]) {
    assert.equal(await statusOf(url, videos, { host }), 421, host)
    assert.equal(await statusOf(url, '/', { host }), 421, host)
  }
})

test('Pages of other sites change nothing on an open server (U110)', async (t) => {
  const { url, parts } = await openTestHttpServer(t)
  const { videoId } = await insertVideoRows(parts.database)
  const cancel = `${videos}/${videoId}/cancel`
  for (const origin of [
    'https://evil.example',
    'null',
    'http://localhost.evil.example',
    'http://x@localhost',
  ]) {
    assert.equal(await statusOf(url, cancel, { origin }, 'POST'), 403, origin)
    assert.equal(await statusOf(url, `${videos}/upload`, { origin }, 'POST'), 403, origin)
  }
  assert.equal(await statusOf(url, cancel, { origin: url }, 'POST'), 200)
})

test('What came through a proxy needs a key', async (t) => {
  const { url } = await openTestHttpServer(t)
  assert.equal(await statusOf(url, videos, { 'x-forwarded-for': '203.0.113.9' }), 401)
  assert.equal(await statusOf(url, videos, { forwarded: 'for=203.0.113.9' }), 401)
})

test('What comes from another machine needs a key, whatever name it calls (U110, U142)', async (t) => {
  const app = await buildHttpServer(await openTestParts(t))
  t.after(() => app.close())
  const statusFrom = async (remoteAddress: string) =>
    (await app.inject({ url: videos, headers: { host: 'localhost' }, remoteAddress })).statusCode
  for (const own of ['127.0.0.1', '::1', '::ffff:127.0.0.1']) {
    assert.equal(await statusFrom(own), 200, own)
  }
  for (const other of ['203.0.113.9', '::ffff:203.0.113.9', 'fd00::7']) {
    assert.equal(await statusFrom(other), 401, other)
  }
})

test('A key sees of private videos what it is for (U110)', async (t) => {
  const { url, parts } = await openTestHttpServer(t, { adminKey: 'a-long-key' })
  const { videoId } = await insertVideoRows(parts.database, { published: true })
  await parts.database.updateTable('videos').set({ visibility: 'private' }).execute()
  const keyFor = async (scope: 'runners' | 'videos:read') => {
    const about = { name: scope, role: 'operator', userId: null, expiresAt: null } as const
    const { key } = await createKey(parts.database, { ...about, scopes: [scope] })
    return { authorization: `Bearer ${key}` }
  }
  const [runners, reader] = [await keyFor('runners'), await keyFor('videos:read')]
  for (const path of [`/api/videos/${videoId}`, `/api/v1/videos/${videoId}`]) {
    assert.notEqual(await statusOf(url, path, runners), 200, path)
    assert.equal(await statusOf(url, path, {}), 404, path)
  }
  assert.equal(await statusOf(url, `/api/videos/${videoId}`, reader), 200)
})

test('With a key every call must show it; watching what is public needs none (U110)', async (t) => {
  const { url, parts } = await openTestHttpServer(t, { adminKey: 'a-long-key' })
  const { videoId, prefix } = await insertVideoRows(parts.database, { published: true })
  await parts.storage.put(`${prefix}/0.m4s`, Buffer.from('x'))
  const asked = [videos, `${videos}/${videoId}`, `${videos}/${videoId}/events`, '/metrics']
  for (const path of asked) {
    assert.equal(await statusOf(url, path, { authorization: 'Bearer another' }), 401, path)
    assert.equal(await statusOf(url, path, { authorization: 'Basic a-long-key' }), 401, path)
  }
  for (const path of [videos, '/metrics', '/api/v1/events']) {
    assert.equal(await statusOf(url, path, {}), 401, path)
  }
  for (const path of [videos, `${videos}/${videoId}`, '/metrics']) {
    assert.equal(await statusOf(url, path, { authorization: 'Bearer a-long-key' }), 200, path)
  }
  const open = [
    `/media/${videoId}/0.m4s`,
    `/watch/${videoId}`,
    '/',
    '/health/live',
    '/health/ready',
  ]
  for (const path of open) assert.equal(await statusOf(url, path, {}), 200, path)
})
