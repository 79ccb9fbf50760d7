import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Role } from '#database/people-tables.ts'
import { createKey } from '#people/create-key.ts'
import { createUser } from '#people/create-user.ts'
import type { VideoView } from '#videos/video-view.ts'
import { openTestHttpServer } from '../../../../test/support/http-server.ts'

test('Those who may change a video may upload to it, and nobody else (M-29, U110, V-64)', async (t) => {
  const { parts, url } = await openTestHttpServer(t, { adminKey: 'a-long-admin-key' })
  const keyOf = async (name: string, role: Role): Promise<string> => {
    const password = 'a long enough password'
    const { id: userId } = await createUser(parts.database, { name, role, password })
    const made = { name, role, userId, scopes: null, expiresAt: null }
    return (await createKey(parts.database, made)).key
  }
  const owner = await keyOf('owner', 'uploader')
  const callers: [string, string | null, number][] = [
    ['anonymous', null, 401],
    ['wrong key', 'rmk_none', 401],
    ['viewer', await keyOf('viewer', 'viewer'), 403],
    ['another uploader', await keyOf('other', 'uploader'), 403],
    ['owner', owner, 200],
    ['operator', await keyOf('operator', 'operator'), 200],
    ['admin', 'a-long-admin-key', 200],
  ]
  const post = (path: string, key: string | null, body: object) =>
    fetch(`${url}/api/v1/videos${path}`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        ...(key === null ? {} : { authorization: `Bearer ${key}` }),
      },
      body: JSON.stringify(body),
    })
  const { id } = (await (await post('', owner, {})).json()) as VideoView
  const asked = { filename: 'a.mp4', size: 4 }
  for (const [name, key, status] of callers) {
    const begun = await post(`/${id}/initiate-upload`, key, asked)
    assert.equal(begun.status, status, name)
    const ended = await post(`/${id}/upload-ended`, key, { file_key: 'x' })
    assert.equal(ended.status, status === 200 ? 400 : status, name)
    const thumbnail = await post(`/${id}/thumbnails`, key, {})
    assert.equal(thumbnail.status, status === 200 ? 201 : status, name)
  }
  await parts.storage.put('incoming/a.mp4', Buffer.from('film'))
  const [version] = await parts.database.selectFrom('versions').select('prefix').execute()
  const foreign = `${version?.prefix}secret.mp4`
  await parts.storage.put(foreign, Buffer.from('film'))
  const take = async (key: string, source: object) => (await post('', key, { source })).status
  assert.equal(await take(owner, { key: 'incoming/a.mp4' }), 201)
  assert.equal(await take(owner, { key: foreign }), 403)
  assert.equal(await take('a-long-admin-key', { key: foreign }), 201)
  assert.equal(await take(owner, { path: '/etc/passwd' }), 403)
})
