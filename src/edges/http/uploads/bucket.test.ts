import assert from 'node:assert/strict'
import { createHash, randomBytes } from 'node:crypto'
import { buffer } from 'node:stream/consumers'
import { type TestContext, test } from 'node:test'
import { deleteVideo } from '#flow/delete-video.ts'
import { removeFiles } from '#flow/remove-files.ts'
import { sweep } from '#flow/sweep.ts'
import { openBucketSource } from '#flow/uploads/bucket-source.ts'
import { uploadColumns } from '#flow/uploads/upload.ts'
import { openTestHttpServer, type TestHttpServer } from '../../../../test/support/http-server.ts'
import {
  beginUpload,
  headUpload,
  patchUpload,
  refusalOf,
  tusVersion,
} from '../../../../test/support/raw-tus.ts'
import { openS3Server } from '../../../../test/support/s3-server.ts'

const partBytes = 5 * 1024 ** 2
const bytes = randomBytes(2 * partBytes + 1_000_000)

async function openServer(t: TestContext): Promise<TestHttpServer> {
  const settings = { ...(await openS3Server(t)), s3TransferMultipartChunksize: partBytes }
  return openTestHttpServer(t, settings)
}

async function listKeys({ parts }: TestHttpServer): Promise<string[]> {
  const keys: string[] = []
  for await (const { key } of parts.storage.list('')) keys.push(key)
  return keys
}

const offsetOf = async (url: string) => Number((await headUpload(url)).headers.get('upload-offset'))

test('An upload grows in the bucket itself, through any number of cuts (U2, U10)', async (t) => {
  const server = await openServer(t)
  const { url, videoId } = await beginUpload(server.url, bytes.length)
  const cuts = [100_000, 100_001, partBytes - 1, partBytes + 3, 2 * partBytes, bytes.length]
  let from = 0
  for (const to of cuts) {
    const { status } = await patchUpload(url, from, bytes.subarray(from, to))
    assert.deepEqual([status, await offsetOf(url)], [204, to])
    from = to
  }
  const key = `sources/${videoId}/1/source`
  assert.deepEqual(await listKeys(server), [key])
  const stored = await buffer(await server.parts.storage.get(key))
  const hash = (of: Buffer) => createHash('sha256').update(of).digest('hex')
  assert.equal(hash(stored), hash(bytes))
})

test('In a bucket too a part without its checksum is not kept, and a length can come last (U2, U10)', async (t) => {
  const server = await openServer(t)
  const { url, videoId } = await beginUpload(server.url, bytes.length)
  await patchUpload(url, 0, bytes.subarray(0, 1000))
  const wrong = { 'upload-checksum': 'sha1 AAAA' }
  const refused = await patchUpload(url, 1000, bytes.subarray(0, partBytes + 5), wrong)
  assert.equal(await refusalOf(refused), '460 upload_checksum_mismatch')
  assert.equal(await offsetOf(url), 1000)
  assert.equal((await patchUpload(url, 1000, bytes.subarray(1000))).status, 204)
  const stored = await buffer(await server.parts.storage.get(`sources/${videoId}/1/source`))
  assert.ok(stored.equals(bytes))
})

test('An upload to a bucket that was whole when its server died is completed (U2, U10)', async (t) => {
  const server = await openServer(t)
  const { url, videoId } = await beginUpload(server.url, bytes.length)
  await patchUpload(url, 0, bytes)
  // As if it had died between the completion in the bucket and the row.
  const { database } = server.parts
  await database.updateTable('uploads').set({ finished_at: null }).execute()
  await database.updateTable('versions').set({ state: 'uploading' }).execute()
  assert.equal(await offsetOf(url), bytes.length)
  const row = await database.selectFrom('versions').select('state').executeTakeFirst()
  assert.equal(row?.state, 'probing')
  assert.deepEqual(await listKeys(server), [`sources/${videoId}/1/source`])
})

test('Nothing of an upload that is taken back stays in the bucket (U10, U16)', async (t) => {
  const server = await openServer(t)
  const { parts } = server
  const begun = await beginUpload(server.url, bytes.length)
  await patchUpload(begun.url, 0, bytes.subarray(0, partBytes + 1000))
  await sweep(parts)
  assert.equal(await parts.storage.sweepTemporary(-60_000, () => true), 0)
  const { status } = await fetch(begun.url, { method: 'DELETE', headers: tusVersion })
  assert.equal(status, 204)
  assert.deepEqual(await listKeys(server), [])
  assert.equal(await parts.storage.sweepTemporary(-60_000), 0)
  const deleted = await beginUpload(server.url, bytes.length)
  await patchUpload(deleted.url, 0, bytes.subarray(0, 1000))
  await deleteVideo(parts, deleted.videoId)
  await removeFiles(parts, { prefixes: [`sources/${deleted.videoId}/1/`], keys: [] })
  const late = await patchUpload(deleted.url, 1000, bytes.subarray(1000))
  assert.equal(await refusalOf(late), '410 upload_gone')
  assert.deepEqual(await listKeys(server), [])
  assert.equal(await parts.storage.sweepTemporary(-60_000), 0)
})

test('A writer that lost its hold while the bucket was slow takes nothing from the next one (U2, U10)', async (t) => {
  const server = await openServer(t)
  const { storage, database } = server.parts
  const { url, videoId } = await beginUpload(server.url, bytes.length)
  await patchUpload(url, 0, bytes.subarray(0, 1000))
  const upload = await database
    .selectFrom('uploads')
    .select(uploadColumns)
    .executeTakeFirstOrThrow()
  assert.ok(upload.growth?.tail && storage.parts)
  // What it read before the other one wrote.
  const stale = { ...upload, growth: { ...upload.growth, tail: null } }
  await openBucketSource(storage, storage.parts, stale)
  assert.equal((await patchUpload(url, 1000, bytes.subarray(1000))).status, 204)
  const stored = await buffer(await storage.get(`sources/${videoId}/1/source`))
  assert.ok(stored.equals(bytes))
  assert.deepEqual(await listKeys(server), [`sources/${videoId}/1/source`])
})
