import assert from 'node:assert/strict'
import { createHash, randomBytes } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { request } from 'node:http'
import { connect } from 'node:net'
import { test } from 'node:test'
import { sql } from 'kysely'
import type { VideoView } from '#videos/video-view.ts'
import { openTestHttpServer, type TestHttpServer } from '../../../../test/support/http-server.ts'
import {
  beginUpload,
  headUpload,
  patchUpload,
  postUpload,
  refusalOf,
  type Told,
  tusBytes,
  tusVersion,
} from '../../../../test/support/raw-tus.ts'
import { waitFor } from '../../../../test/support/wait-for.ts'

async function stateOf({ parts }: TestHttpServer, videoId: string) {
  const row = await parts.database
    .selectFrom('versions')
    .select(['state', 'source_bytes', 'source_key'])
    .where('video_id', '=', videoId)
    .orderBy('number', 'desc')
    .executeTakeFirst()
  return row ?? null
}

const sha256 = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex')

async function sourceOf({ parts }: TestHttpServer, videoId: string): Promise<Buffer> {
  const row = await stateOf({ parts } as TestHttpServer, videoId)
  return readFile(parts.storage.localPath(row?.source_key ?? '') ?? '')
}

test('An upload in pieces grows in the source itself, and its last byte begins the journey (U2, C-05, C-06)', async (t) => {
  const server = await openTestHttpServer(t)
  const bytes = randomBytes(3_000_000)
  const { url, videoId } = await beginUpload(server.url, bytes.length, { title: 'Holiday' })
  assert.equal((await stateOf(server, videoId))?.state, 'uploading')
  const first = await patchUpload(url, 0, bytes.subarray(0, 1_000_001))
  assert.deepEqual([first.status, first.headers.get('upload-offset')], [204, '1000001'])
  assert.ok(new Date(first.headers.get('upload-expires') ?? 0) > new Date())
  assert.deepEqual(await sourceOf(server, videoId), bytes.subarray(0, 1_000_001))
  const shown = await fetch(`${server.url}/api/v1/videos/${videoId}`)
  const { upload } = (await shown.json()) as VideoView
  assert.deepEqual(upload, { receivedBytes: 1_000_001, totalBytes: 3_000_000 })
  const asked = await headUpload(url)
  assert.equal(asked.headers.get('upload-offset'), '1000001')
  assert.equal(asked.headers.get('upload-length'), '3000000')
  assert.equal(asked.headers.get('x-reelmill-video'), videoId)
  assert.match(asked.headers.get('upload-metadata') ?? '', /title SG9saWRheQ==/)
  const last = await patchUpload(url, 1_000_001, bytes.subarray(1_000_001))
  assert.deepEqual([last.status, last.headers.get('upload-offset')], [204, '3000000'])
  assert.equal(last.headers.get('upload-expires'), null)
  const { state, source_bytes } = (await stateOf(server, videoId)) ?? {}
  assert.deepEqual([state, source_bytes], ['probing', bytes.length])
  assert.equal(sha256(await sourceOf(server, videoId)), sha256(bytes))
  // The answer may have been lost: asking again tells the same, and nothing happens twice.
  assert.equal((await headUpload(url)).headers.get('upload-offset'), '3000000')
  assert.equal((await patchUpload(url, 3_000_000, Buffer.of())).status, 204)
  const events = await server.parts.database
    .selectFrom('events')
    .select('type')
    .where('type', '=', 'video.probing')
    .execute()
  assert.equal(events.length, 1)
})

test('An upload can be sent with its creation, and tell its length later (U2)', async (t) => {
  const server = await openTestHttpServer(t)
  const bytes = randomBytes(500_000)
  const created = await postUpload(
    server.url,
    { 'upload-length': '500000', ...tusBytes },
    {},
    bytes,
  )
  assert.deepEqual([created.status, created.headers.get('upload-offset')], [201, '500000'])
  const whole = created.headers.get('x-reelmill-video') ?? ''
  assert.equal((await stateOf(server, whole))?.state, 'probing')
  const deferred = await postUpload(server.url, { 'upload-defer-length': '1' })
  const url = server.url + (deferred.headers.get('location') ?? '')
  assert.equal((await patchUpload(url, 0, bytes.subarray(0, 1000))).status, 204)
  assert.equal((await headUpload(url)).headers.get('upload-defer-length'), '1')
  const rest = await patchUpload(url, 1000, bytes.subarray(1000), { 'upload-length': '500000' })
  assert.equal(rest.status, 204)
  const videoId = deferred.headers.get('x-reelmill-video') ?? ''
  assert.equal((await stateOf(server, videoId))?.state, 'probing')
  assert.equal(sha256(await sourceOf(server, videoId)), sha256(bytes))
})

test('An upload whose first answer was lost is begun once, with a key (U2)', async (t) => {
  const server = await openTestHttpServer(t)
  const key = { 'idempotency-key': 'one of mine' }
  const begin = (length: number, headers: Told = {}) =>
    postUpload(
      server.url,
      { 'upload-length': String(length), ...key, ...headers },
      // A name that no second video may have.
      { externalId: 'mine' },
    )
  const answers = await Promise.all([begin(1000), begin(1000), begin(1000)])
  assert.deepEqual(
    answers.map(({ status }) => status),
    [201, 201, 201],
  )
  const [location, ...others] = answers.map(({ headers }) => headers.get('location'))
  assert.deepEqual(others, [location, location])
  const url = `${server.url}${location}`
  assert.equal((await patchUpload(url, 0, Buffer.alloc(400))).status, 204)
  assert.equal((await begin(1000)).headers.get('location'), location)
  assert.equal((await headUpload(url)).headers.get('upload-offset'), '400')
  const again = await postUpload(
    server.url,
    { 'upload-length': '1000', ...key, ...tusBytes },
    {},
    Buffer.alloc(1000),
  )
  assert.equal(await refusalOf(again), '409 upload_offset_conflict')
  assert.equal(await refusalOf(await begin(999)), '422 idempotency_key_reused')
  assert.equal((await begin(1000, { 'idempotency-key': ' ' })).status, 400)
  const other = await begin(1000, { 'idempotency-key': 'another' })
  assert.equal(await refusalOf(other), '409 external_id_taken')
  const { rows } = await sql`select id from videos`.execute(server.parts.database)
  assert.equal(rows.length, 1)
  // What was taken back is begun anew.
  const taken = await fetch(url, { method: 'DELETE', headers: tusVersion })
  assert.equal(taken.status, 204)
  const anew = await begin(1000)
  assert.deepEqual([anew.status, anew.headers.get('location')], [201, location])
  assert.equal((await headUpload(url)).headers.get('upload-offset'), '0')
})

test('A sender that goes away in the middle loses nothing that arrived (U2)', async (t) => {
  const server = await openTestHttpServer(t)
  const bytes = randomBytes(2_000_000)
  const { url, videoId } = await beginUpload(server.url, bytes.length)
  const sending = request(url, {
    method: 'PATCH',
    headers: { ...tusVersion, ...tusBytes, 'upload-offset': '0', 'content-length': bytes.length },
  })
  sending.on('error', () => undefined)
  sending.write(bytes.subarray(0, 700_000))
  const path = async () => {
    const { source_key } = (await stateOf(server, videoId)) ?? {}
    return server.parts.storage.localPath(source_key ?? '') ?? ''
  }
  await waitFor('all that was sent', async () => (await readFile(await path())).length === 700_000)
  sending.destroy()
  const offset = Number((await headUpload(url)).headers.get('upload-offset'))
  assert.equal(offset, 700_000)
  assert.equal((await patchUpload(url, offset, bytes.subarray(offset))).status, 204)
  assert.equal(sha256(await sourceOf(server, videoId)), sha256(bytes))
})

test('A sender that is cut off after every few kilobytes gets on all the same (U2)', async (t) => {
  const server = await openTestHttpServer(t)
  const bytes = randomBytes(50_000)
  const { url, videoId } = await beginUpload(server.url, bytes.length)
  const { hostname, port, pathname } = new URL(url)
  const headers = Object.entries({ host: hostname, ...tusVersion, ...tusBytes })
  let received = 0
  for (let cut = 1; cut <= 4; cut += 1) {
    const head = [
      `PATCH ${pathname} HTTP/1.1`,
      ...headers.map(([name, value]) => `${name}: ${value}`),
      ...[`upload-offset: ${received}`, `content-length: ${bytes.length - received}`, '', ''],
    ]
    const socket = connect(Number(port), hostname)
    socket.on('error', () => undefined)
    socket.write(head.join('\r\n'))
    // All that it sends is there before anybody can know whose it is.
    socket.end(bytes.subarray(received, received + 10_000), () => socket.destroy())
    received += 10_000
    await waitFor('the bytes before the cut', async () => {
      const { headers: told } = await headUpload(url)
      return told.get('upload-offset') === String(received) ? true : null
    })
  }
  assert.equal((await patchUpload(url, received, bytes.subarray(received))).status, 204)
  assert.equal(sha256(await sourceOf(server, videoId)), sha256(bytes))
})

test('What cannot be taken is refused before a byte of it, with a code (U1, U22)', async (t) => {
  const server = await openTestHttpServer(t, { sourceMaxBytes: 1000 })
  const length = { 'upload-length': '10' }
  const cases: [Told, Told, string][] = [
    [{ 'upload-length': '1001' }, {}, '413 payload_too_large'],
    [{ 'upload-length': '0' }, {}, '422 source_empty'],
    [{ 'upload-length': '-1' }, {}, '400 invalid_request'],
    [{}, {}, '400 invalid_request'],
    [{ ...length, 'tus-resumable': '0.2.0' }, {}, '412 tus_version_unsupported'],
    [{ ...length, 'upload-metadata': 'filename ***' }, {}, '400 invalid_request'],
    [{ ...length, 'upload-concat': 'partial' }, {}, '400 invalid_request'],
    [length, { filetype: 'text/html' }, '415 media_type_refused'],
    [length, { profile: 'none-such' }, '422 profile_not_found'],
    [length, { metadata: '[1]' }, '400 invalid_request'],
    [length, { visibility: 'secret' }, '400 invalid_request'],
    [length, { webhookUrl: 'file:///etc/passwd' }, '400 invalid_request'],
    [length, { filename: 'a'.repeat(256) }, '400 invalid_request'],
    [length, { videoId: 'x' }, '404 video_not_found'],
    [length, { videoId: crypto.randomUUID() }, '404 video_not_found'],
  ]
  for (const [headers, told, refusal] of cases) {
    assert.equal(await refusalOf(await postUpload(server.url, headers, told)), refusal)
  }
  const { url } = await beginUpload(server.url, 10)
  assert.equal(
    await refusalOf(await patchUpload(url, 5, Buffer.alloc(5))),
    '409 upload_offset_conflict',
  )
  assert.equal(
    await refusalOf(await patchUpload(url, 0, Buffer.alloc(11))),
    '413 payload_too_large',
  )
  const wrong = { 'content-type': 'video/mp4' }
  assert.equal(
    await refusalOf(await patchUpload(url, 0, Buffer.alloc(5), wrong)),
    '400 invalid_request',
  )
  assert.equal((await headUpload(url)).headers.get('upload-offset'), '0')
  assert.equal((await headUpload(`${server.url}/api/v1/uploads/${'0'.repeat(32)}`)).status, 404)
  const videos = await server.parts.database.selectFrom('videos').select('id').execute()
  assert.equal(videos.length, 1)
})
