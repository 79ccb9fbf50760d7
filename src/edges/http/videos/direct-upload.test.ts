import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import type { Config } from '#config/config.ts'
import type { VideoView } from '#videos/video-view.ts'
import { openTestHttpServer } from '../../../../test/support/http-server.ts'

interface Problem {
  readonly code: string
  readonly detail: string
  readonly [field: string]: unknown
}

interface Form {
  readonly url: string
  readonly fields: Readonly<Record<string, string>>
}

interface Put {
  readonly method: string
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly key: string
}

const file = { filename: 'film.mp4', mimetype: '', size: 4 }

async function open(t: TestContext, settings: Partial<Config> = {}) {
  const { parts, url } = await openTestHttpServer(t, settings)
  const post = async <Body>(path: string, body: object = {}) => {
    const response = await fetch(`${url}/api/v1/videos${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
    return { status: response.status, body: (await response.json()) as Body }
  }
  const get = async (id: string): Promise<VideoView> =>
    (await (await fetch(`${url}/api/v1/videos/${id}`)).json()) as VideoView
  const create = async (body: object = {}): Promise<string> =>
    (await post<VideoView>('', body)).body.id
  const initiate = async (id: string): Promise<Form> =>
    (await post<Form>(`/${id}/initiate-upload`, file)).body
  const end = (id: string, body: object) => post<VideoView & Problem>(`/${id}/upload-ended`, body)
  return { parts, post, get, create, initiate, end }
}

async function sendForm({ url, fields }: Form, body = 'film', type = 'video/mp4') {
  const form = new FormData()
  for (const [name, value] of Object.entries(fields)) form.append(name, value)
  form.append('file', new Blob([body], { type }), 'film.mp4')
  return (await fetch(url, { method: 'POST', body: form })).status
}

test('A video is made without a source, promised an address and begins when told (M-20, M-21, M-24, M-25, M-26, M-46)', async (t) => {
  const { post, get, create, initiate, end } = await open(t)
  const made = await post<VideoView>('', { name: 'Lesson', externalId: 'lesson-1' })
  const { id } = made.body
  assert.deepEqual([made.status, made.body.state, made.body.urls.hls], [201, 'uploading', null])
  const before = Math.floor(Date.now() / 1000)
  const policy = await initiate(id)
  const { key = '' } = policy.fields
  const [, stamp] = /^tmp\/[\da-f-]{36}\/video\/(\d+)$/.exec(key) ?? []
  assert.ok(key.startsWith(`tmp/${id}/video/`))
  assert.ok(Number(stamp) >= before && Number(stamp) <= Date.now() / 1000)
  assert.equal((await get(id)).version, 1, 'the version that waited is the one')
  assert.equal(await sendForm(policy), 204)
  const ended = await end(id, { file_key: key })
  assert.deepEqual([ended.status, ended.body.state], [200, 'probing'])
  assert.equal(ended.body.source.sizeBytes, 4)
  assert.equal(ended.body.source.filename, 'film.mp4')
  assert.equal((await end(id, { file_key: key })).status, 200, 'told again, it is the same')
  const other = await create()
  assert.equal((await get(other)).state, 'uploading')
})

test('What is wrong with the request is said in the words that clients know (M-21, M-22)', async (t) => {
  const { post, create } = await open(t, { videoSourceMaxSize: 100, sourceMaxBytes: 50 })
  const id = await create()
  const refusal = async (body: object) => {
    const answer = await post<Problem>(`/${id}/initiate-upload`, body)
    return [answer.status, answer.body.code, answer.body['size'] ?? answer.body['filename']]
  }
  const required = ['This field is required.']
  const { size: _, ...noSize } = file
  assert.deepEqual(await refusal(noSize), [400, 'invalid_request', required])
  assert.deepEqual(await refusal({ size: 4 }), [400, 'invalid_request', required])
  assert.deepEqual(await refusal({ ...file, size: 51 }), [
    ...[400, 'invalid_request'],
    ['file too large, max size allowed is 50 Bytes'],
  ])
  const stranger = '/00000000-0000-4000-8000-000000000000/initiate-upload'
  assert.equal((await post<Problem>(stranger, file)).body.code, 'video_not_found')
})

test('Without other settings the limits are 1 GiB and 24 hours (M-22)', async (t) => {
  const { parts } = await open(t)
  assert.equal(parts.config.videoSourceMaxSize, 1024 ** 3)
  assert.equal(parts.config.uploadPolicySeconds, 24 * 3600)
})

test('The signed policy itself holds type, size and time (M-22, M-23, U1, U3, WD23)', async (t) => {
  const { create, initiate, parts } = await open(t, { videoSourceMaxSize: 10 })
  const id = await create()
  const policy = await initiate(id)
  assert.equal(await sendForm(policy, 'film', 'text/html'), 415)
  assert.equal(await sendForm(policy, 'much longer than that'), 413)
  const other = `tmp/${id}/video/1`
  assert.equal(await sendForm({ ...policy, fields: { key: other } }), 403)
  assert.equal(await parts.storage.head(other), null)
  assert.equal(await parts.storage.head(policy.fields['key'] ?? ''), null)
  t.mock.timers.enable({ apis: ['Date'], now: Date.now() + 24 * 3600_000 + 1000 })
  assert.equal(await sendForm(policy), 403)
})

test('A PUT takes the file of the size that was told, and no other (U1)', async (t) => {
  const { post, create, end } = await open(t)
  const id = await create()
  const asked = { ...file, mimetype: 'video/mp4', method: 'PUT' }
  const { body: target } = await post<Put>(`/${id}/initiate-upload`, asked)
  const put = async (body: string) =>
    (await fetch(target.url, { method: target.method, headers: target.headers, body })).status
  assert.equal(await put('longer'), 413)
  assert.equal(await put('film'), 200)
  assert.equal((await end(id, { file_key: target.key })).body.state, 'probing')
})

test('Only the key of an upload that was promised to this very video ends it (M-27)', async (t) => {
  const { create, initiate, end } = await open(t)
  const id = await create()
  const other = await create()
  const policy = await initiate(id)
  const { key = '' } = policy.fields
  await sendForm(policy)
  const forged = [
    undefined,
    7,
    '',
    `${key}/`,
    `${key}0`,
    `${key} `,
    `/${key}`,
    `tmp/${id}/video/0`,
    `tmp/${id}/video/x`,
    `tmp/${id}/video/01`,
    `tmp/${id}/audio/${key.split('/').at(-1)}`,
    (await initiate(other)).fields['key'],
  ]
  for (const file_key of forged) {
    const { status, body } = await end(id, { file_key })
    assert.deepEqual([status, body.code], [400, 'file_key_invalid'], String(file_key))
    assert.deepEqual(body['file_key'], ['file_key is not valid'])
  }
  assert.equal((await end(other, { file_key: key })).status, 400)
  assert.equal((await end(id, { file_key: key })).status, 200)
})

test('Nothing begins until the object is there and has bytes (WD26, U4)', async (t) => {
  const { create, initiate, end, get, parts } = await open(t)
  const id = await create()
  const { key = '' } = (await initiate(id)).fields
  assert.equal((await end(id, { file_key: key })).body.code, 'upload_missing')
  await parts.storage.put(key, Buffer.alloc(0))
  assert.equal((await end(id, { file_key: key })).body.code, 'source_empty')
  assert.equal((await get(id)).state, 'uploading')
})

test('Each promise is a version of its own, even two in one second (M-25, U9)', async (t) => {
  const { create, initiate, end, get } = await open(t)
  const id = await create()
  const [first, ...more] = await Promise.all([1, 2, 3].map(() => initiate(id)))
  const keys = new Set([first, ...more].map((policy) => policy?.fields['key']))
  assert.equal(keys.size, 3)
  assert.equal((await get(id)).version, 3)
  assert.ok(first)
  await sendForm(first)
  assert.equal((await end(id, { file_key: first.fields['key'] })).status, 200)
})

test("Files of the profile marsha lie where Marsha's players look for them (M-25)", async (t) => {
  const { create, initiate, parts } = await open(t)
  for (const profile of ['marsha', 'default']) {
    const id = await create({ profile })
    const { key = '' } = (await initiate(id)).fields
    const stamp = key.split('/').at(-1) ?? ''
    const { prefix, base_name } = await parts.database
      .selectFrom('versions')
      .select(['prefix', 'base_name'])
      .where('video_id', '=', id)
      .executeTakeFirstOrThrow()
    const expected =
      profile === 'marsha' ? [`vod/${id}/video/${stamp}/`, stamp] : [`videos/${id}/1/`, null]
    assert.deepEqual([prefix, base_name], expected)
  }
})

test('An object of the storage becomes a video and stays where it is (U5, V-64, U22)', async (t) => {
  const { post, parts } = await open(t, { sourceMaxBytes: 10 })
  await parts.storage.put('films/one.mp4', Buffer.from('film'))
  await parts.storage.put('films/none.mp4', Buffer.alloc(0))
  await parts.storage.put('films/long.mp4', Buffer.alloc(11))
  const take = (key: string) => post<VideoView & Problem>('', { source: { key } })
  const taken = await take('films/one.mp4')
  assert.deepEqual([taken.status, taken.body.state], [201, 'probing'])
  assert.equal(taken.body.name, 'one.mp4')
  const codes = ['films/two.mp4', 'films/none.mp4', 'films/long.mp4', '../etc/passwd', '/etc']
  const answers = await Promise.all(codes.map(async (key) => (await take(key)).body.code))
  assert.deepEqual(answers, [
    ...['source_not_found', 'source_empty', 'source_too_many_bytes'],
    ...['key_invalid', 'key_invalid'],
  ])
  assert.equal((await post<Problem>('', { source: {} })).body.code, 'invalid_request')
  const both = { key: 'films/one.mp4', path: '/tmp/one.mp4' }
  assert.equal((await post<Problem>('', { source: both })).body.code, 'invalid_request')
})
