import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createKey } from '#people/create-key.ts'
import { createUser } from '#people/create-user.ts'
import { deleteUser } from '#people/delete-user.ts'
import { updateUser } from '#people/update-user.ts'
import { openTestHttpServer, type TestHttpServer } from '../../../../test/support/http-server.ts'
import { beginUpload, postUpload, refusalOf } from '../../../../test/support/raw-tus.ts'

const key = { authorization: 'Bearer secret-key' }

async function makeTicket(
  { url }: TestHttpServer,
  body: object,
  credential: Record<string, string> = key,
): Promise<string> {
  const response = await fetch(`${url}/api/v1/uploads/tickets`, {
    method: 'POST',
    headers: { ...credential, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  assert.equal(response.status, 201, await response.clone().text())
  return ((await response.json()) as { readonly ticket: string }).ticket
}

test('A ticket lets a page upload without a key, as the application said and not as the page does (C-36, U1)', async (t) => {
  const server = await openTestHttpServer(t, { adminKey: 'secret-key' })
  const pinned = { webhookUrl: 'https://app.example/hook', visibility: 'private' }
  const ticket = await makeTicket(server, { ...pinned, externalId: 'a-7', maxBytes: 1000 })
  const told = { title: 'Mine', visibility: 'public', externalId: 'b', profile: 'none-such' }
  const { videoId, url } = await beginUpload(server.url, 1000, { ticket, ...told })
  const video = await server.parts.database
    .selectFrom('videos')
    .select(['name', 'visibility', 'webhook_url', 'external_id', 'profile'])
    .where('id', '=', videoId)
    .executeTakeFirst()
  assert.deepEqual(video, {
    name: 'Mine',
    visibility: 'private',
    webhook_url: 'https://app.example/hook',
    external_id: 'a-7',
    profile: 'default',
  })
  const asked = await fetch(url, { method: 'HEAD', headers: { 'tus-resumable': '1.0.0' } })
  assert.doesNotMatch(asked.headers.get('upload-metadata') ?? '', /ticket/)
})

test('A ticket that is forged, expired or not for that much is refused (C-36, U114)', async (t) => {
  const server = await openTestHttpServer(t, { adminKey: 'secret-key' })
  const ticket = await makeTicket(server, { maxBytes: 1000 })
  const [said = '', seal = ''] = ticket.split('.')
  const forged = Buffer.from(said, 'base64url').toString().replace('1000', '9000')
  const refuse = async (shown: string, length: number) =>
    refusalOf(await postUpload(server.url, { 'upload-length': `${length}` }, { ticket: shown }))
  assert.equal(await refuse(ticket, 1001), '413 payload_too_large')
  const changed = `${Buffer.from(forged).toString('base64url')}.${seal}`
  assert.equal(await refuse(changed, 10), '403 link_invalid')
  assert.equal(await refuse('x', 10), '403 link_invalid')
  t.mock.timers.enable({ apis: ['Date'], now: Date.now() + 3_601_000 })
  assert.equal(await refuse(ticket, 10), '403 link_expired')
  t.mock.timers.reset()
  const anonymous = await fetch(`${server.url}/api/v1/uploads/tickets`, { method: 'POST' })
  assert.equal(anonymous.status, 401)
})

test('A ticket ends with the right of whom it was made for (C-36, U110)', async (t) => {
  const server = await openTestHttpServer(t, { adminKey: 'secret-key' })
  const { database } = server.parts
  const person = { name: 'ann', role: 'uploader', password: 'a long password' } as const
  const { id: userId } = await createUser(database, person)
  const about = { name: 'app', role: 'uploader', scopes: null, expiresAt: null } as const
  const own = await createKey(database, { ...about, userId })
  const ticket = await makeTicket(server, {}, { authorization: `Bearer ${own.key}` })
  const begin = () => postUpload(server.url, { 'upload-length': '10' }, { ticket })
  assert.equal((await begin()).status, 201)
  await updateUser(database, userId, { disabled: true })
  assert.equal(await refusalOf(await begin()), '403 link_invalid')
  await deleteUser(database, userId)
  assert.equal(await refusalOf(await begin()), '403 link_invalid')
})
