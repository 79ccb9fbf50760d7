import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fastify } from 'fastify'
import { openEventStream } from './event-stream.ts'

test('what happens between the end of a stream and its being read is left out, and harms nobody', async (t) => {
  const app = fastify()
  t.after(() => app.close())
  const errors: unknown[] = []
  app.get('/', (_request, reply) => {
    reply.raw.on('error', (error) => errors.push(error))
    const stream = openEventStream(reply)
    stream.send({ event: 'deleted', data: {} })
    stream.end()
    stream.send({ event: 'deleted', data: {} })
  })
  const url = await app.listen({ host: '127.0.0.1', port: 0 })
  const text = await (await fetch(url)).text()
  assert.equal(text.split('event: deleted').length, 2)
  assert.deepEqual(errors, [])
})
