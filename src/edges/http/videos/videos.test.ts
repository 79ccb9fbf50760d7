import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { type TestContext, test } from 'node:test'
import { Value } from 'typebox/value'
import type { VideoPage } from '#videos/list.ts'
import type { VideoView } from '#videos/video-view.ts'
import { openTestHttpServer, type TestHttpServer } from '../../../../test/support/http-server.ts'
import { insertVideoRows } from '../../../../test/support/video-rows.ts'
import { namedSchemas } from '../schemas.ts'

interface Api extends TestHttpServer {
  call: <T>(method: string, path: string, body?: unknown) => Promise<Answer<T>>
}

interface Answer<T> {
  readonly status: number
  readonly body: T
  readonly headers: Headers
}

interface Problem {
  readonly code: string
  readonly detail: string
  readonly requestId: string
}

async function openApi(t: TestContext): Promise<Api> {
  const server = await openTestHttpServer(t)
  return {
    ...server,
    call: async <T>(method: string, path: string, body?: unknown) => {
      const response = await fetch(`${server.url}/api/v1/videos${path}`, {
        method,
        ...(body === undefined
          ? {}
          : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
      })
      const text = await response.text()
      const parsed = (text ? JSON.parse(text) : null) as T
      return { status: response.status, body: parsed, headers: response.headers }
    },
  }
}

async function sourceFile({ parts }: Api, bytes = 'not really a video'): Promise<string> {
  const path = join(parts.config.dataDir, 'holiday.mp4')
  await writeFile(path, bytes)
  return path
}

test('A video is taken in from a file of the machine, which stays where it is (U80)', async (t) => {
  const api = await openApi(t)
  const path = await sourceFile(api)
  const { status, body, headers } = await api.call<VideoView>('POST', '', {
    source: { path },
    metadata: { album: 7 },
  })
  assert.equal(status, 201)
  assert.equal(headers.get('location'), `/api/v1/videos/${body.id}`)
  assert.deepEqual([...Value.Errors(namedSchemas[0], body)], [])
  assert.equal(body.name, 'holiday.mp4')
  assert.equal(body.state, 'probing')
  assert.deepEqual(body.metadata, { album: 7 })
  assert.equal(body.source.sizeBytes, 18)
  const { source_key: key } = await api.parts.database
    .selectFrom('versions')
    .select('source_key')
    .where('video_id', '=', body.id)
    .executeTakeFirstOrThrow()
  const stored = await buffer(await api.parts.storage.get(key))
  assert.equal(stored.toString(), 'not really a video')
  const again = await api.call<VideoView>('GET', `/${body.id}`)
  assert.deepEqual(again.body, body)
})

test('Sources that cannot be taken are refused with their reason (U22)', async (t) => {
  const api = await openApi(t)
  const empty = await sourceFile(api, '')
  const cases: [unknown, number, string][] = [
    [{ path: '/nowhere/at/all.mp4' }, 404, 'source_not_found'],
    [{ path: api.parts.config.dataDir }, 404, 'source_not_found'],
    [{ path: empty }, 422, 'source_empty'],
    [{ path: 'relative.mp4' }, 400, 'invalid_request'],
    [{ key: 'uploads/x' }, 404, 'source_not_found'],
    [{}, 400, 'invalid_request'],
    [{ path: empty, more: 1 }, 400, 'invalid_request'],
  ]
  for (const [source, status, code] of cases) {
    const answer = await api.call<Problem>('POST', '', { source })
    assert.equal(answer.status, status, JSON.stringify(source))
    assert.equal(answer.body.code, code)
    assert.match(answer.headers.get('content-type') ?? '', /^application\/problem\+json/)
    assert.equal(answer.body.requestId, answer.headers.get('x-request-id'))
  }
  const { body } = await api.call<VideoPage>('GET', '')
  assert.deepEqual(body, { videos: [], next: null })
})

test('A list comes in pages that newcomers do not shift, and by state (U80)', async (t) => {
  const api = await openApi(t)
  const { database } = api.parts
  for (let number = 0; number < 5; number += 1) {
    await insertVideoRows(database, {
      name: `v${number}`,
      state: number % 2 === 0 ? 'encoding' : 'failed',
      // Pairs of the same moment: the id decides between them.
      createdAt: new Date(Date.UTC(2026, 0, 1, 0, 0, number >> 1)),
    })
  }
  const first = await api.call<VideoPage>('GET', '?limit=2')
  await insertVideoRows(database, { name: 'newcomer' })
  const second = await api.call<VideoPage>('GET', `?limit=2&cursor=${first.body.next}`)
  const third = await api.call<VideoPage>('GET', `?limit=2&cursor=${second.body.next}`)
  const names = [first, second, third].flatMap(({ body }) => body.videos.map(({ name }) => name))
  assert.deepEqual(names.toSorted(), ['v0', 'v1', 'v2', 'v3', 'v4'])
  assert.equal(names[0], 'v4')
  assert.equal(third.body.next, null)
  const failed = await api.call<VideoPage>('GET', '?state=failed')
  assert.deepEqual(failed.body.videos.map(({ name }) => name).toSorted(), ['v1', 'v3'])
  for (const query of ['?cursor=x', '?state=lost', '?limit=0', '?limit=1000', '?other=1']) {
    assert.equal((await api.call<Problem>('GET', query)).body.code, 'invalid_request', query)
  }
})

test('Name and metadata can be changed, and nothing else (U80)', async (t) => {
  const api = await openApi(t)
  const { videoId } = await insertVideoRows(api.parts.database)
  const name = '<script>alert(1)</script> 🎬'
  const changed = await api.call<VideoView>('PATCH', `/${videoId}`, { name, metadata: { a: [1] } })
  assert.equal(changed.body.name, name)
  assert.deepEqual(changed.body.metadata, { a: [1] })
  const kept = await api.call<VideoView>('PATCH', `/${videoId}`, { name: 'b' })
  assert.deepEqual(kept.body.metadata, { a: [1] })
  for (const body of [{ state: 'published' }, { name: '' }, { metadata: 'x' }]) {
    assert.equal((await api.call('PATCH', `/${videoId}`, body)).status, 400)
  }
})

test('A video is cancelled once, retried, and deleted with its files (U73, U16)', async (t) => {
  const api = await openApi(t)
  const path = await sourceFile(api)
  const { body: video } = await api.call<VideoView>('POST', '', { source: { path } })
  const cancelled = await api.call<VideoView>('POST', `/${video.id}/cancel`)
  assert.deepEqual([cancelled.status, cancelled.body.state], [200, 'cancelled'])
  const twice = await api.call<Problem>('POST', `/${video.id}/cancel`)
  assert.deepEqual([twice.status, twice.body.code], [409, 'video_state_conflict'])
  const retried = await api.call<VideoView>('POST', `/${video.id}/retry`)
  assert.deepEqual([retried.status, retried.body.state], [200, 'probing'])
  const deleted = await api.call('DELETE', `/${video.id}`)
  assert.deepEqual([deleted.status, deleted.body], [204, null])
  assert.equal((await api.call('GET', `/${video.id}`)).status, 404)
})

test('What is no video is not found, whatever is done to it', async (t) => {
  const api = await openApi(t)
  for (const id of [randomUUID(), 'x', '%00', '..%2f..']) {
    for (const [method, path, body] of [
      ['GET', `/${id}`],
      ['PATCH', `/${id}`, { name: 'x' }],
      ['DELETE', `/${id}`],
      ['POST', `/${id}/cancel`],
      ['POST', `/${id}/retry`],
      ['GET', `/${id}/events`],
    ] as const) {
      const answer = await api.call<Problem>(method, path, body)
      assert.deepEqual(
        [answer.status, answer.body.code],
        [404, 'video_not_found'],
        `${method} ${path}`,
      )
    }
  }
})

test('What would be done for a source is told without doing it (U35)', async (t) => {
  const api = await openApi(t)
  const path = await sourceFile(api)
  const answer = await api.call<Problem>('POST', '/plan', { source: { path } })
  assert.deepEqual([answer.status, answer.body.code], [422, 'source_unreadable'])
})

test('A change that somebody else has overtaken is refused; progress overtakes nothing (U80)', async (t) => {
  const { url, parts } = await openApi(t)
  const { videoId, versionId } = await insertVideoRows(parts.database)
  const call = (method: string, headers: Record<string, string>, body?: object) =>
    fetch(`${url}/api/v1/videos/${videoId}`, {
      method,
      headers: { ...(body ? { 'content-type': 'application/json' } : {}), ...headers },
      ...(body ? { body: JSON.stringify(body) } : {}),
    })
  const first = await call('GET', {})
  const etag = first.headers.get('etag') ?? ''
  assert.equal(first.headers.get('cache-control'), 'no-store')
  assert.equal((await call('GET', { 'if-none-match': etag })).status, 304)
  await parts.database
    .updateTable('versions')
    .set({ state: 'packaging', cpu_seconds: 5 })
    .where('id', '=', versionId)
    .execute()
  assert.equal((await call('GET', { 'if-none-match': etag })).status, 200)
  const changed = await call('PATCH', { 'if-match': etag }, { visibility: 'private' })
  assert.equal(changed.status, 200)
  const late = await call('PATCH', { 'if-match': etag }, { name: 'late' })
  assert.deepEqual(
    [late.status, ((await late.json()) as Problem).code],
    [412, 'precondition_failed'],
  )
  assert.equal((await call('DELETE', { 'if-match': etag })).status, 412)
  assert.equal((await call('PATCH', { 'if-match': '"nonsense"' }, { name: 'x' })).status, 412)
  const refused = await call('PATCH', {}, { webhookUrl: 'http://169.254.169.254/' })
  assert.equal(((await refused.json()) as Problem).code, 'address_refused')
  const now = changed.headers.get('etag') ?? ''
  assert.equal((await call('DELETE', { 'if-match': now })).status, 204)
})

test('Whose a video is, who may see it and its own name can be told and changed (C-20, U80)', async (t) => {
  const api = await openApi(t)
  const path = await sourceFile(api)
  const body = { source: { path }, externalId: 'mine-1', visibility: 'private' }
  const made = await api.call<VideoView>('POST', '', body)
  assert.deepEqual(
    [made.body.externalId, made.body.visibility, made.body.ownerId],
    ['mine-1', 'private', null],
  )
  const twice = await api.call<Problem>('POST', '', body)
  assert.deepEqual([twice.status, twice.body.code], [409, 'external_id_taken'])
  const other = await api.call<VideoView>('POST', '', { source: { path } })
  const taken = await api.call<Problem>('PATCH', `/${other.body.id}`, { externalId: 'mine-1' })
  assert.equal(taken.body.code, 'external_id_taken')
  const stranger = await api.call<Problem>('PATCH', `/${other.body.id}`, { ownerId: randomUUID() })
  assert.equal(stranger.body.code, 'user_not_found')
  const found = await api.call<VideoPage>(
    'GET',
    '?externalId=mine-1&visibility=private&state=probing&state=failed&metadata.x=1',
  )
  assert.deepEqual(found.body.videos, [])
  const one = await api.call<VideoPage>('GET', '?externalId=mine-1')
  assert.deepEqual(
    one.body.videos.map(({ id }) => id),
    [made.body.id],
  )
})
