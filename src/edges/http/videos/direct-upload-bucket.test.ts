import assert from 'node:assert/strict'
import { text } from 'node:stream/consumers'
import { test } from 'node:test'
import { openTestHttpServer } from '../../../../test/support/http-server.ts'
import { openS3Server } from '../../../../test/support/s3-server.ts'

test('What a sender still writes to a promised address of a bucket changes nothing once the upload has ended (M-26, WD26, security 4)', async (t) => {
  const { parts, url } = await openTestHttpServer(t, await openS3Server(t))
  const call = async (path: string, body: object) => {
    const headers = { 'content-type': 'application/json' }
    const request = { method: 'POST', headers, body: JSON.stringify(body) }
    const response = await fetch(`${url}/api/v1/videos${path}`, request)
    return { status: response.status, body: (await response.json()) as Record<string, string> }
  }
  const id = (await call('', { name: 'Lesson' })).body['id'] ?? ''
  const order = { filename: 'film.mp4', size: 4, method: 'PUT' }
  const key = (await call(`/${id}/initiate-upload`, order)).body['key'] ?? ''
  await parts.storage.put(key, Buffer.from('film'))
  const end = () => call(`/${id}/upload-ended`, { file_key: key })
  // At once, as an impatient sender may; one of them begins it, and all are told the same.
  const statuses = (await Promise.all([end(), end(), end()])).map(({ status }) => status)
  assert.deepEqual(statuses, [200, 200, 200])
  await parts.storage.put(key, Buffer.from('junk'))
  assert.equal((await end()).status, 200)
  const version = await parts.database
    .selectFrom('versions')
    .selectAll()
    .where('video_id', '=', id)
    .executeTakeFirstOrThrow()
  assert.notEqual(version.source_key, key)
  assert.equal(await text(await parts.storage.get(version.source_key)), 'film')
  const copies: string[] = []
  for await (const object of parts.storage.list(`sources/${id}/`)) copies.push(object.key)
  assert.deepEqual(copies, [version.source_key], 'those who came second left nothing')
})
