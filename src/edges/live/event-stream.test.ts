import assert from 'node:assert/strict'
import { once } from 'node:events'
import { test } from 'node:test'
import { fastify } from 'fastify'
import { openEventStream } from './event-stream.ts'

test('what happens between the end of a stream and its being read is left out, and harms nobody', async (t) => {
  const app = fastify()
  t.after(() => app.close())
  const errors: unknown[] = []
  app.get('/', (_request, reply) => {
    reply.raw.on('error', (error) => errors.push(error))
    const stream = openEventStream(reply, () => undefined)
    stream.send({ event: 'deleted', data: {} })
    stream.end()
    stream.send({ event: 'deleted', data: {} })
  })
  const url = await app.listen({ host: '127.0.0.1', port: 0 })
  const text = await (await fetch(url)).text()
  assert.equal(text.split('event: deleted').length, 2)
  assert.deepEqual(errors, [])
})

test('who opened a stream is told once that it is closed, also of a client that left before', async (t) => {
  const app = fastify({ forceCloseConnections: true })
  t.after(() => app.close())
  const closed: string[] = []
  const { promise, resolve } = Promise.withResolvers<void>()
  app.get('/read', (_request, reply) => openEventStream(reply, () => closed.push('read')).end())
  app.get('/left', async (request, reply) => {
    leaving.abort()
    await once(request.raw.socket, 'close')
    openEventStream(reply, () => closed.push('left')).closed.addEventListener('abort', () =>
      resolve(),
    )
    return reply
  })
  const url = await app.listen({ host: '127.0.0.1', port: 0 })
  await (await fetch(`${url}/read`)).text()
  const leaving = new AbortController()
  await assert.rejects(fetch(`${url}/left`, { signal: leaving.signal }))
  await promise
  assert.deepEqual(closed, ['read', 'left'])
})
