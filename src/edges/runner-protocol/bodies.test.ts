import assert from 'node:assert/strict'
import { connect, type Socket } from 'node:net'
import { type TestContext, test } from 'node:test'
import { setTimeout as delay } from 'node:timers/promises'
import fastify from 'fastify'
import { waitFor } from '../../../test/support/wait-for.ts'
import { discardRest } from '../http/discard-rest.ts'
import { makeBodies } from './bodies.ts'
import { sendProblem } from './problem.ts'

const mebibyte = 1024 ** 2
/** What a socket's buffers of the system may hold without anybody reading. */
const unreadBytes = 128 * 1024

/** A server with room for three bodies of a mebibyte, and one larger; each is held until `end`. */
async function openServer(t: TestContext) {
  const bodies = makeBodies({
    ordinaryBytes: mebibyte,
    ordinaryRoomBytes: 3 * mebibyte,
    largeRoomBytes: 4 * mebibyte,
  })
  const app = fastify({ forceCloseConnections: true })
  app.setErrorHandler(sendProblem)
  app.addHook('onError', discardRest)
  app.addContentTypeParser('application/octet-stream', (_request, payload, done) =>
    done(null, payload),
  )
  const { promise: ended, resolve: end } = Promise.withResolvers<void>()
  const lent: number[] = []
  app.put('/', async (request) =>
    bodies.lend(request, 4 * mebibyte, async (bytes) => {
      lent.push(bytes.length)
      await ended
      return { bytes: bytes.length, last: bytes.at(-1) }
    }),
  )
  const url = await app.listen({ host: '127.0.0.1', port: 0 })
  t.after(() => app.close())
  const accepted: Socket[] = []
  app.server.on('connection', (socket) => accepted.push(socket))
  const readBytes = () => accepted.reduce((sum, { bytesRead }) => sum + bytesRead, 0)
  return { url, lent, readBytes, end }
}

function put(url: string, body: Uint8Array<ArrayBuffer> | ReadableStream): Promise<Response> {
  const headers = { 'content-type': 'application/octet-stream' }
  return fetch(url, { method: 'PUT', headers, body, duplex: 'half' } as RequestInit)
}

/** A runner on a line that sends a first byte of so many and no more. */
function sendSlowly(t: TestContext, url: string, sizeBytes: number): Socket {
  const { hostname, port } = new URL(url)
  const socket = connect(Number(port), hostname)
  socket.on('error', () => undefined)
  t.after(() => socket.destroy())
  socket.write(
    `PUT / HTTP/1.1\r\nhost: a\r\ncontent-type: application/octet-stream\r\ncontent-length: ${sizeBytes}\r\n\r\n1`,
  )
  return socket
}

test('of ten bodies that come at once there are as many in memory as have room, and all are taken', async (t) => {
  const { url, lent, readBytes, end } = await openServer(t)
  const answers = Array.from({ length: 10 }, () => put(url, new Uint8Array(mebibyte).fill(7)))
  await waitFor('three bodies', () => lent.length === 3)
  // The others would be there by now.
  await delay(300)
  assert.equal(lent.length, 3)
  assert.ok(readBytes() < 3 * mebibyte + 10 * unreadBytes, `${readBytes()} bytes were read`)
  end()
  for (const answer of await Promise.all(answers)) {
    assert.deepEqual(await answer.json(), { bytes: mebibyte, last: 7 })
  }
})

test('what is large and slow keeps nothing ordinary waiting; a line that breaks gives its room free', async (t) => {
  const { url, lent, end } = await openServer(t)
  const slow = [sendSlowly(t, url, 4 * mebibyte), sendSlowly(t, url, 4 * mebibyte)]
  await delay(100)
  end()
  assert.equal((await put(url, new Uint8Array(10))).status, 200)
  const large = put(url, new Uint8Array(2 * mebibyte))
  await delay(100)
  assert.deepEqual(lent, [10])
  for (const socket of slow) socket.destroy()
  assert.equal((await large).status, 200)
})

test('a body that is too large is refused, with or without a word of its size', async (t) => {
  const { url, lent } = await openServer(t)
  const large = new Uint8Array(4 * mebibyte + 1)
  for (const body of [large, new Blob([large]).stream()]) {
    const answer = await put(url, body)
    assert.equal(answer.status, 413)
    assert.equal(((await answer.json()) as { code: string }).code, 'payload_too_large')
  }
  assert.deepEqual(lent, [])
})
