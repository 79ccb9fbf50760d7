import assert from 'node:assert/strict'
import { createHmac } from 'node:crypto'
import { type TestContext, test } from 'node:test'
import type { Config } from '#config/config.ts'
import { openVersion } from '#flow/open-version.ts'
import { createKey } from '#people/create-key.ts'
import type { VideoView } from '#videos/video-view.ts'
import { openTestHttpServer } from '../../../../test/support/http-server.ts'

const secret = 'a secret of the processor'
const sha384 = (body: string): string =>
  `sha384:${createHmac('sha384', secret).update(body).digest('hex')}`
const sha1 = (body: string): string => createHmac('sha1', secret).update(body).digest('hex')

const assembly = (id: string, more: object = {}): string =>
  JSON.stringify({
    ok: 'ASSEMBLY_COMPLETED',
    assembly_id: id,
    results: {
      watermarked: [{ name: 'film 1.mp4', size: 7 }],
      thumbnail: [{ name: 'film.jpg' }],
    },
    ...more,
  })

async function open(t: TestContext, settings: Partial<Config> = {}) {
  const { parts, url } = await openTestHttpServer(t, {
    notificationSecret: secret,
    notificationMediaDomain: 'cdn.example.org',
    ...settings,
  })
  const send = async (
    body: string | FormData | URLSearchParams,
    headers: Record<string, string> = {},
    path = '/api/videos/',
  ) => (await fetch(url + path, { method: 'POST', body, headers })).status
  const tell = (body: string, signature = sha384(body)) =>
    send(new URLSearchParams({ transloadit: body, signature }))
  const report = (body: object, headers: Record<string, string> = {}) => {
    const text = JSON.stringify(body)
    return send(text, {
      'content-type': 'application/json',
      'x-signature': sha384(text),
      ...headers,
    })
  }
  const create = async (externalId: string): Promise<VideoView> => {
    const response = await fetch(`${url}/api/v1/videos`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ name: 'Film', externalId }),
    })
    assert.equal(response.status, 201)
    return (await response.json()) as VideoView
  }
  const get = async (id: string) => {
    const response = await fetch(`${url}/api/v1/videos/${id}`)
    return (await response.json()) as VideoView
  }
  const rows = () => parts.database.selectFrom('notifications').selectAll().orderBy('id').execute()
  return { url, parts, send, tell, report, create, get, rows }
}

const film = 'https://cdn.example.org/watermarked/one/film%201.mp4'
const picture = 'https://cdn.example.org/thumbnail/one/film.jpg'

test('An assembly that ended publishes its video, told by either kind of form (C-20, C-22, C-23, C-26, U92)', async (t) => {
  const { tell, send, create, get, url } = await open(t)
  const { id } = await create('one')
  assert.equal(await tell(assembly('one')), 204)
  const video = await get(id)
  assert.deepEqual([video.state, video.playable, video.urls.hls], ['published', true, null])
  assert.deepEqual(video.urls.mp4, { transcoded: film })
  assert.equal(video.urls.thumbnail, picture)
  const page = await fetch(`${url}/api/videos/${id}`)
  assert.match(page.headers.get('cache-control') ?? '', /no-store/)
  const shown = (await page.json()) as Record<string, unknown>
  assert.deepEqual(Object.keys(shown), [
    ...['title', 'uploaded_at', 'transcoded', 'thumbnail', 'user', 'state', 'error'],
  ])
  assert.deepEqual([shown['title'], shown['transcoded']], ['Film', film])
  const unknown = '00000000-0000-4000-8000-000000000000'
  assert.equal((await fetch(`${url}/api/videos/${unknown}`)).status, 404)

  const other = await create('two')
  const waiting = (await (await fetch(`${url}/api/videos/${other.id}`)).json()) as typeof shown
  assert.equal(waiting['transcoded'], null)
  const form = new FormData()
  form.append('transloadit', assembly('two'))
  form.append('signature', sha1(assembly('two')))
  assert.equal(await send(form, {}, '/api/v1/notifications/'), 204)
  assert.equal((await get(other.id)).state, 'published')
})

test('Nothing is believed that is not signed with the secret (C-23, WC1)', async (t) => {
  const { tell, send, report, create, get, rows } = await open(t)
  const { id } = await create('one')
  const body = assembly('one')
  const wrong = [
    sha384(`${body} `),
    sha384(body).replace('sha384:', ''),
    sha384(body).replace('sha384:', 'md5:'),
    'sha384:',
    '',
    '0'.repeat(40),
    sha1(body).slice(1),
  ]
  for (const signature of wrong) assert.equal(await tell(body, signature), 403, signature)
  assert.equal(await send(new URLSearchParams({ transloadit: body })), 401)
  assert.equal(await report({ status: 'failure', inputObject: 'one' }, { 'x-signature': 'x' }), 403)
  assert.equal((await get(id)).state, 'uploading')
  assert.deepEqual(await rows(), [])
  const off = await open(t, { notificationSecret: null })
  assert.equal(await off.tell(body), 403)
})

test('A report before its video is kept and applied when it appears (C-25, U141, WC2)', async (t) => {
  const { tell, create, rows, parts } = await open(t)
  assert.equal(await tell(assembly('one')), 202)
  assert.equal((await rows())[0]?.applied_at, null)
  const video = await create('one')
  assert.deepEqual([video.state, video.urls.mp4], ['published', { transcoded: film }])
  assert.ok((await rows())[0]?.applied_at)
  // Both at the same moment: whoever is second sees the first.
  for (const id of ['a', 'b', 'c', 'd']) {
    const [, made] = await Promise.all([tell(assembly(id)), create(id)])
    const { state } = await parts.database
      .selectFrom('versions')
      .select('state')
      .where('video_id', '=', made.id)
      .executeTakeFirstOrThrow()
    assert.equal(state, 'published', id)
  }
})

test('A failed assembly fails the video with its words, whatever is missing in it (C-23, WC3)', async (t) => {
  const { tell, create, get } = await open(t)
  const cases: [string, object, RegExp][] = [
    [
      'a',
      { ok: undefined, error: 'INPUT_FILE', message: 'Broken file', results: undefined },
      /Broken/,
    ],
    ['b', { ok: 'ASSEMBLY_CANCELED', results: {} }, /cancelled/],
    ['c', { results: {} }, /without a film/],
  ]
  for (const [externalId, more, sentence] of cases) {
    const { id } = await create(externalId)
    assert.equal(await tell(assembly(externalId, more)), 204)
    const { state, error } = await get(id)
    assert.deepEqual([state, error?.code], ['failed', 'processor_failed'])
    assert.match(error?.message ?? '', sentence)
  }
})

test('Told twice and in any order the end is the same (C-23, U92)', async (t) => {
  const { tell, create, get, rows } = await open(t)
  const failed = (id: string) => assembly(id, { error: 'X', results: undefined })
  const going = (id: string) => assembly(id, { ok: 'ASSEMBLY_EXECUTING', results: undefined })
  const orders = [
    [going, assembly, failed],
    [failed, going, assembly],
    [assembly, assembly, going],
  ]
  for (const [index, order] of orders.entries()) {
    const { id } = await create(`video ${index}`)
    for (const say of order) assert.equal(await tell(say(`video ${index}`)), 204)
    assert.equal((await get(id)).state, 'published')
  }
  const twice = (await rows()).filter(({ times }) => times === 2)
  assert.equal(twice.length, 1)
})

test("A simple worker's report is understood; a failure needs no output (C-24, WC3)", async (t) => {
  const { report, create, get, send } = await open(t)
  const done = await create('raw/a.mov')
  const success = {
    status: 'success',
    inputObject: 'media/private/raw/a.mov',
    outputObject: 'media/private/transcoded/a.mp4',
    thumbnail: 'media/private/thumbs/a.jpg',
  }
  assert.equal(await report(success), 204)
  assert.equal(
    (await get(done.id)).urls.mp4['transcoded'],
    'https://cdn.example.org/transcoded/a.mp4',
  )
  const broken = await create('raw/b.mov')
  assert.equal(await report({ status: 'failure', inputObject: 'raw/b.mov' }), 204)
  assert.equal((await get(broken.id)).state, 'failed')
  assert.equal(await report({ status: 'success', inputObject: 'raw/b.mov' }), 400)
  assert.equal(await report({ ...success, outputObject: 'a/../../b' }), 400)
  // Somebody of this machine needs no signature.
  const body = JSON.stringify({ status: 'failure', inputObject: 'raw/c.mov' })
  assert.equal(await send(body, { 'content-type': 'application/json' }), 202)
})

test('Every report is kept whole, however long it is (C-21, WC4)', async (t) => {
  const { tell, create, rows } = await open(t)
  await create('one')
  const long = assembly('one', { notes: 'x'.repeat(1_500_000) })
  assert.equal(await tell(long), 204)
  assert.equal((await rows())[0]?.body, long)
  for (const text of ['', 'no json', '[]', '{"assembly_id":7}'])
    assert.equal(await tell(text), 400, text)
})

test('Characters that cannot be kept are refused, also as escapes of JSON (C-21, WC4)', async (t) => {
  const { tell, report, rows } = await open(t)
  for (const strange of ['a\u0000', 'a\ud800']) {
    assert.equal(await tell(assembly(strange)), 400)
    assert.equal(
      await tell(JSON.stringify({ assembly_id: 'a', error: 'E', message: strange })),
      400,
    )
    assert.equal(await report({ status: 'failure', inputObject: `media/private/${strange}` }), 400)
  }
  assert.deepEqual(await rows(), [])
})

test('A worker of small sites takes an object and answers at once (C-40, WC8, WC10)', async (t) => {
  const { parts, send } = await open(t, { urlAllow: ['127.0.0.1'] })
  await parts.storage.put('raw/a.mov', Buffer.from('film'))
  const work = (body: object) =>
    send(JSON.stringify(body), { 'content-type': 'application/json' }, '/api/v1/worker/videos')
  const webhook = 'http://127.0.0.1:9/done'
  assert.equal(await work({ inputObject: 'raw/a.mov', webhook }), 200)
  const [version] = await parts.database
    .selectFrom('versions')
    .innerJoin('videos', 'videos.id', 'versions.video_id')
    .select(['versions.state', 'source_key', 'owns_source', 'webhook_url'])
    .execute()
  assert.deepEqual(version, {
    ...{ state: 'probing', source_key: 'raw/a.mov', owns_source: false, webhook_url: webhook },
  })
  assert.equal(await work({ inputObject: 'raw/a.mov' }), 400)
  assert.equal(await work({ webhook }), 400)
  assert.equal(await work({ inputObject: 'raw/none.mov', webhook }), 404)
  assert.equal(await work({ inputObject: 'raw/a.mov', webhook: 'http://10.0.0.1/' }), 422)
})

test('A key that is not for changing videos reports nothing of them (C-24, U110)', async (t) => {
  const { parts, send, rows } = await open(t, { adminKey: 'the-key-of-the-application' })
  const told = { status: 'success', inputObject: 'in.mov', outputObject: 'out.mp4' }
  const type = { 'content-type': 'application/json' }
  const statusWith = async (scope: 'runners' | 'videos:write') => {
    const about = { name: scope, role: 'operator', userId: null, expiresAt: null } as const
    const { key } = await createKey(parts.database, { ...about, scopes: [scope] })
    return send(JSON.stringify(told), { ...type, authorization: `Bearer ${key}` })
  }
  assert.equal(await statusWith('runners'), 403)
  assert.equal((await rows()).length, 0)
  assert.equal(await statusWith('videos:write'), 202)
})

test('A result that comes late does not take the place of what was uploaded here since (U9, U92)', async (t) => {
  const { parts, tell, create } = await open(t)
  const { id } = await create('one')
  const newer = await openVersion(parts, id, { filename: 'newer.mp4' })
  const { database } = parts
  await database
    .updateTable('versions')
    .set({ state: 'published' })
    .where('id', '=', newer.versionId)
    .execute()
  await database.updateTable('videos').set({ published_version: newer.number }).execute()
  assert.equal(await tell(assembly('one')), 204)
  const video = await database
    .selectFrom('videos')
    .select('published_version')
    .executeTakeFirstOrThrow()
  assert.equal(video.published_version, newer.number)
})
