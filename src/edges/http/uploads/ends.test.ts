import assert from 'node:assert/strict'
import { createHash, randomBytes } from 'node:crypto'
import { appendFile, readFile, rename, stat, symlink, unlink } from 'node:fs/promises'
import { request } from 'node:http'
import { test } from 'node:test'
import { sql } from 'kysely'
import { cancelVideo } from '#flow/cancel-video.ts'
import { deleteVideo } from '#flow/delete-video.ts'
import { retryVideo } from '#flow/retry-video.ts'
import { sweep } from '#flow/sweep.ts'
import { openTestHttpServer, type TestHttpServer } from '../../../../test/support/http-server.ts'
import {
  beginUpload,
  headUpload,
  patchUpload,
  postUpload,
  refusalOf,
  tusBytes,
  tusVersion,
} from '../../../../test/support/raw-tus.ts'
import { waitFor } from '../../../../test/support/wait-for.ts'

const bytes = randomBytes(300_000)

async function pathOf({ parts }: TestHttpServer, videoId: string): Promise<string> {
  const { source_key } = await parts.database
    .selectFrom('versions')
    .select('source_key')
    .where('video_id', '=', videoId)
    .executeTakeFirstOrThrow()
  return parts.storage.localPath(source_key) ?? ''
}

async function stateOf({ parts }: TestHttpServer, videoId: string): Promise<string | null> {
  const row = await parts.database
    .selectFrom('versions')
    .select('state')
    .where('video_id', '=', videoId)
    .executeTakeFirst()
  return row?.state ?? null
}

const exists = (path: string) =>
  stat(path).then(
    () => true,
    () => false,
  )
const offsetOf = async (url: string) => (await headUpload(url)).headers.get('upload-offset')
const terminate = (url: string) => fetch(url, { method: 'DELETE', headers: tusVersion })

test('Bytes that do not have their checksum are not kept (U2)', async (t) => {
  const { url: server } = await openTestHttpServer(t)
  const { url } = await beginUpload(server, bytes.length)
  const checksum = (algorithm: string, of: Buffer) => ({
    'upload-checksum': `${algorithm} ${createHash(algorithm).update(of).digest('base64')}`,
  })
  const part = bytes.subarray(0, 100_000)
  const wrong = await patchUpload(url, 0, part, checksum('sha1', bytes))
  assert.equal(await refusalOf(wrong), '460 upload_checksum_mismatch')
  assert.equal(await offsetOf(url), '0')
  assert.equal((await patchUpload(url, 0, part, checksum('sha256', part))).status, 204)
  assert.equal(await offsetOf(url), '100000')
  const unknown = await patchUpload(url, 100_000, part, { 'upload-checksum': 'crc7 AAAA' })
  assert.equal(await refusalOf(unknown), '400 invalid_request')
  const options = await fetch(url, { method: 'OPTIONS' })
  assert.match(options.headers.get('tus-checksum-algorithm') ?? '', /sha1,sha256/)
})

test('A full disk is told, and the upload goes on when there is room again (U137)', async (t) => {
  const server = await openTestHttpServer(t)
  const { url, videoId } = await beginUpload(server.url, bytes.length)
  await patchUpload(url, 0, bytes.subarray(0, 100_000))
  const path = await pathOf(server, videoId)
  await rename(path, `${path}.kept`)
  // Every write to it fails with ENOSPC; it is as long as it says only in the rows.
  await symlink('/dev/full', path)
  await server.parts.database.updateTable('uploads').set({ received_bytes: 0 }).execute()
  const full = await patchUpload(url, 0, bytes)
  assert.equal(await refusalOf(full), '507 disk_full')
  await unlink(path)
  await rename(`${path}.kept`, path)
  await server.parts.database.updateTable('uploads').set({ received_bytes: 100_000 }).execute()
  assert.equal((await patchUpload(url, 100_000, bytes.subarray(100_000))).status, 204)
  assert.ok(bytes.equals(await readFile(path)))
})

test('What a crash left behind the bytes that were written down does no harm (U2)', async (t) => {
  const server = await openTestHttpServer(t)
  const { url, videoId } = await beginUpload(server.url, bytes.length)
  await patchUpload(url, 0, bytes.subarray(0, 100_000))
  const path = await pathOf(server, videoId)
  await appendFile(path, Buffer.alloc(400_000))
  assert.equal(await offsetOf(url), '100000')
  assert.equal((await patchUpload(url, 100_000, bytes.subarray(100_000))).status, 204)
  assert.ok(bytes.equals(await readFile(path)))
})

test('An upload whose server died after the last byte is completed by whoever looks (U2)', async (t) => {
  const server = await openTestHttpServer(t)
  const { database } = server.parts
  const die = async () => {
    const begun = await beginUpload(server.url, bytes.length)
    await patchUpload(begun.url, 0, bytes.subarray(0, 299_999))
    await appendFile(await pathOf(server, begun.videoId), bytes.subarray(299_999))
    await database
      .updateTable('uploads')
      .set({ received_bytes: bytes.length })
      .where('video_id', '=', begun.videoId)
      .execute()
    return begun
  }
  const asked = await die()
  assert.equal(await offsetOf(asked.url), '300000')
  assert.equal(await stateOf(server, asked.videoId), 'probing')
  const swept = await die()
  await sweep(server.parts)
  assert.equal(await stateOf(server, swept.videoId), 'probing')
})

test('A video that is cancelled or deleted during its upload takes no more bytes (U2, U16)', async (t) => {
  const server = await openTestHttpServer(t)
  const { parts } = server
  const cancelled = await beginUpload(server.url, bytes.length)
  await patchUpload(cancelled.url, 0, bytes.subarray(0, 1000))
  const path = await pathOf(server, cancelled.videoId)
  await cancelVideo(parts, cancelled.videoId)
  await sweep(parts)
  assert.equal(await exists(path), false)
  const rest = bytes.subarray(1000)
  assert.equal(await refusalOf(await patchUpload(cancelled.url, 1000, rest)), '410 upload_gone')
  await assert.rejects(retryVideo(parts, cancelled.videoId), { code: 'video_state_conflict' })
  const deleted = await beginUpload(server.url, bytes.length)
  await deleteVideo(parts, deleted.videoId)
  assert.equal(await refusalOf(await patchUpload(deleted.url, 0, bytes)), '410 upload_gone')
})

test('A cancelled video ends the upload that is under way (U2)', async (t) => {
  const server = await openTestHttpServer(t)
  const { url, videoId } = await beginUpload(server.url, bytes.length)
  const sending = startSending(url, bytes.length)
  sending.write(bytes.subarray(0, 1000))
  const path = await pathOf(server, videoId)
  await waitFor('the first bytes', async () => (await stat(path)).size === 1000)
  await cancelVideo(server.parts, videoId)
  await waitFor('the end of the connection', () => sending.destroyed)
  await waitFor('the end of the bytes', async () => !(await exists(path)))
})

function startSending(url: string, length: number) {
  const headers = { 'upload-offset': '0', 'content-length': length }
  const sending = request(url, {
    method: 'PATCH',
    headers: { ...tusVersion, ...tusBytes, ...headers },
  })
  sending.on('error', () => undefined)
  return sending
}

test('An upload can be taken back, with its video and its bytes (U2)', async (t) => {
  const server = await openTestHttpServer(t)
  const { url, videoId } = await beginUpload(server.url, bytes.length)
  await patchUpload(url, 0, bytes.subarray(0, 1000))
  const path = await pathOf(server, videoId)
  assert.equal((await terminate(url)).status, 204)
  assert.equal(await stateOf(server, videoId), null)
  assert.equal(await exists(path), false)
  assert.equal((await headUpload(url)).status, 404)
  const whole = await beginUpload(server.url, bytes.length)
  await patchUpload(whole.url, 0, bytes)
  assert.equal((await terminate(whole.url)).status, 204)
  assert.equal(await stateOf(server, whole.videoId), 'probing')
})

test('An upload that nobody adds to is given up (U2, U15)', async (t) => {
  const server = await openTestHttpServer(t, { uploadExpirationSeconds: 3600 })
  const { database } = server.parts
  const { url, videoId } = await beginUpload(server.url, bytes.length)
  await patchUpload(url, 0, bytes.subarray(0, 1000))
  await sweep(server.parts)
  assert.equal(await stateOf(server, videoId), 'uploading')
  const past = sql<Date>`now() - interval '1 minute'`
  await database.updateTable('uploads').set({ expires_at: past }).execute()
  await database.updateTable('versions').set({ upload_expires_at: past }).execute()
  await sweep(server.parts)
  assert.equal(await stateOf(server, videoId), null)
  assert.equal(await refusalOf(await patchUpload(url, 1000, bytes)), '410 upload_gone')
  await database
    .updateTable('uploads')
    .set({ expires_at: new Date(0) })
    .execute()
  await sweep(server.parts)
  assert.equal((await headUpload(url)).status, 404)
})

test('A sender that stalls is cut, and what it sent is kept (U2)', async (t) => {
  const server = await openTestHttpServer(t, { uploadIdleSeconds: 1 })
  const { url } = await beginUpload(server.url, bytes.length)
  const sending = startSending(url, bytes.length)
  sending.write(bytes.subarray(0, 1000))
  await waitFor('the end of the connection', () => sending.destroyed)
  // The connection ends before what came by it is written down.
  await waitFor('what was sent, held by nobody', () =>
    server.parts.database
      .selectFrom('uploads')
      .select('id_hash')
      .where('hold_token', 'is', null)
      .where('received_bytes', '=', 1000)
      .executeTakeFirst(),
  )
})

test('A second upload of a video makes a new version of it (U9)', async (t) => {
  const server = await openTestHttpServer(t)
  const first = await beginUpload(server.url, bytes.length)
  await patchUpload(first.url, 0, bytes)
  const second = await beginUpload(server.url, 10, { videoId: first.videoId })
  assert.equal(second.videoId, first.videoId)
  await patchUpload(second.url, 0, Buffer.alloc(10))
  const versions = await server.parts.database
    .selectFrom('versions')
    .select(['number', 'state', 'source_bytes'])
    .orderBy('number')
    .execute()
  assert.deepEqual(versions, [
    { number: 1, state: 'probing', source_bytes: bytes.length },
    { number: 2, state: 'probing', source_bytes: 10 },
  ])
})

test('To begin an upload takes a key; to go on with it, its address is enough (U111, C-05)', async (t) => {
  const server = await openTestHttpServer(t, { adminKey: 'secret-key' })
  const length = { 'upload-length': '10' }
  assert.equal(await refusalOf(await postUpload(server.url, length)), '401 unauthorized')
  const key = { authorization: 'Bearer secret-key' }
  const { url } = await beginUpload(server.url, 10, {}, key)
  assert.equal((await patchUpload(url, 0, Buffer.alloc(10))).status, 204)
})

test('Pages of other sites can upload with a key, and read what they need (C-05)', async (t) => {
  const server = await openTestHttpServer(t, { adminKey: 'secret-key' })
  const origin = { origin: 'https://app.example' }
  const asked = await fetch(`${server.url}/api/v1/uploads`, { method: 'OPTIONS', headers: origin })
  assert.equal(asked.status, 204)
  const allowed = asked.headers.get('access-control-allow-headers') ?? ''
  for (const name of ['Authorization', 'Upload-Offset', 'Upload-Checksum', 'Tus-Resumable']) {
    assert.ok(allowed.includes(name), name)
  }
  assert.match(asked.headers.get('access-control-allow-methods') ?? '', /PATCH/)
  assert.equal(asked.headers.get('tus-max-size'), String(server.parts.config.sourceMaxBytes))
  assert.match(asked.headers.get('tus-extension') ?? '', /creation,.*termination.*checksum/)
  const refused = await postUpload(server.url, { 'upload-length': '10', ...origin })
  assert.equal(refused.status, 401)
  const old = await fetch(`${server.url}/api/v1/uploads`, { method: 'POST', headers: origin })
  assert.equal(old.status, 412)
  for (const response of [asked, refused, old]) {
    assert.equal(response.headers.get('access-control-allow-origin'), '*')
    assert.match(response.headers.get('access-control-expose-headers') ?? '', /X-Reelmill-Video/)
  }
})

test('A client that can send no PATCH says in another header what it means (U2)', async (t) => {
  const server = await openTestHttpServer(t)
  const { url } = await beginUpload(server.url, 10)
  const response = await fetch(url, {
    method: 'POST',
    headers: {
      ...tusVersion,
      ...tusBytes,
      'upload-offset': '0',
      'x-http-method-override': 'PATCH',
    },
    body: Buffer.alloc(10),
  })
  assert.deepEqual([response.status, response.headers.get('upload-offset')], [204, '10'])
})

test('An upload goes into memory too, where nothing is kept longer than the server', async (t) => {
  const server = await openTestHttpServer(t, { storage: 'memory' })
  const { url, videoId } = await beginUpload(server.url, bytes.length)
  await patchUpload(url, 0, bytes.subarray(0, 1000))
  await patchUpload(url, 1000, bytes.subarray(1000))
  assert.equal(await stateOf(server, videoId), 'probing')
  const stored = await server.parts.storage.head(`sources/${videoId}/1/source`)
  assert.equal(stored?.sizeBytes, bytes.length)
})
