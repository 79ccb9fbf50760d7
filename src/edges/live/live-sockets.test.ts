import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { io, type Socket } from 'socket.io-client'
import type { Config } from '#config/config.ts'
import { buildHttpServer } from '#edges/http/server.ts'
import { runnerProtocol } from '#edges/runner-protocol/runner-protocol.ts'
import { recordEvent } from '#flow/advance.ts'
import { createKey } from '#people/create-key.ts'
import { registerRunner } from '#runners/register.ts'
import { createRegistrationToken } from '#runners/registration-tokens.ts'
import { openTestParts } from '../../../test/support/parts.ts'
import { insertVideoRows } from '../../../test/support/video-rows.ts'
import { waitFor } from '../../../test/support/wait-for.ts'

interface Wire {
  readonly type: string
  readonly resource: Readonly<Record<string, unknown>>
}

async function open(t: TestContext, settings: Partial<Config> = {}) {
  const parts = await openTestParts(t, settings)
  const app = await buildHttpServer(parts)
  await app.register(runnerProtocol(parts), { prefix: '/api/v1/runners' })
  const url = await app.listen({ host: '127.0.0.1', port: 0 })
  t.after(() => app.close())
  const connect = (
    namespace: string,
    auth: object = {},
    extraHeaders: Record<string, string> = {},
  ) => {
    const options = { transports: ['websocket'], auth, extraHeaders, reconnection: false }
    const socket = io(`${url}${namespace}`, { ...options, forceNew: true })
    t.after(() => void socket.disconnect())
    return socket
  }
  return { parts, connect, url }
}

/** "connected", or why not. */
const outcome = (socket: Socket) =>
  new Promise<string>((resolve) => {
    socket.on('connect', () => resolve('connected'))
    socket.on('connect_error', ({ message }) => resolve(message))
  })

test('a browser is told of videos without asking again, as they change (M-37)', async (t) => {
  const { parts, connect } = await open(t)
  const { videoId, versionId } = await insertVideoRows(parts.database)
  const socket = connect('/live')
  const messages: Wire[] = []
  socket.on('message', (message: Wire) => messages.push(message))
  assert.equal(await outcome(socket), 'connected')
  assert.deepEqual(await socket.emitWithAck('subscribe', { videos: [videoId] }), { ok: true })
  await waitFor('the video as it is', () => messages.find(({ type }) => type === 'videos'))
  const { database } = parts
  await database.transaction().execute(async (tx) => {
    await tx
      .updateTable('versions')
      .set({ state: 'packaging' })
      .where('id', '=', versionId)
      .execute()
    await recordEvent(tx, videoId, 'video.packaging', { version: 1 })
  })
  const changed = await waitFor('the video as it became', () =>
    messages.find(({ type, resource }) => type === 'videos' && resource['state'] === 'packaging'),
  )
  assert.equal(changed.resource['id'], videoId)
  const event = messages.find(({ type }) => type === 'events')
  assert.deepEqual(
    [event?.resource['videoId'], event?.resource['type']],
    [videoId, 'video.packaging'],
  )

  const again = connect('/live')
  const missed: Wire[] = []
  again.on('message', (message: Wire) => missed.push(message))
  await again.emitWithAck('subscribe', { after: Number(event?.resource['id']) - 1 })
  await waitFor('what was missed', () => missed.find(({ type }) => type === 'events'))
  const refused = await again.emitWithAck('subscribe', { videos: 'all' })
  assert.equal(refused.error.code, 'invalid_request')
})

test('browsers and runners share the port, each with a credential of its own (M-01, M-02, U110)', async (t) => {
  const adminKey = 'a-long-enough-key'
  const { parts, connect } = await open(t, { adminKey })
  const { token } = await createRegistrationToken(parts.database)
  const { key } = await createKey(parts.database, {
    ...{ name: 'a page', role: 'viewer', scopes: null, userId: null, expiresAt: null },
  })
  const { key: other } = await createKey(parts.database, {
    ...{ name: 'a fleet', role: 'operator', scopes: ['runners'], userId: null, expiresAt: null },
  })
  const { runnerToken } = await registerRunner(parts.database, {
    ...{ registrationToken: token, name: 'a runner' },
  } as Parameters<typeof registerRunner>[1])
  assert.equal(await outcome(connect('/runners', { runnerToken })), 'connected')
  assert.equal(await outcome(connect('/live', { key })), 'connected')
  assert.equal(await outcome(connect('/live', { key: adminKey })), 'connected')
  assert.match(await outcome(connect('/live')), /Log in/)
  assert.match(await outcome(connect('/live', { key: 'rmk_wrong' })), /key/)
  assert.match(await outcome(connect('/live', { key: other })), /videos:read/)
  assert.match(await outcome(connect('/live', { runnerToken })), /Log in/)
  assert.equal(await outcome(connect('/runners', { key })), 'No runner token provided')
})

test('a page of another site reaches no socket of a server that trusts its machine (U110)', async (t) => {
  const { connect, url } = await open(t)
  assert.equal(await outcome(connect('/live', {}, { origin: url })), 'connected')
  assert.match(
    await outcome(connect('/live', {}, { origin: 'https://evil.example' })),
    /other sites/,
  )
})
