import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fastify } from 'fastify'
import { listenOn } from './listen-on.ts'

test('Where another program listens already, the operator is told which setting to change', async (t) => {
  const [first, second] = [fastify(), fastify()]
  t.after(() => Promise.all([first.close(), second.close()]))
  await listenOn(first, { host: '127.0.0.1', port: 0 })
  const address = first.server.address()
  assert.ok(typeof address === 'object' && address)
  await assert.rejects(listenOn(second, { host: '127.0.0.1', port: address.port }), {
    code: 'invalid_setting',
    message: /^Cannot listen on 127\.0\.0\.1:\d+: another program does already\..*PORT/,
  })
})

test('An address that is not of this machine is refused in the same way', async (t) => {
  const app = fastify()
  t.after(() => app.close())
  await assert.rejects(listenOn(app, { host: '192.0.2.1', port: 0 }), {
    code: 'invalid_setting',
    message: /HOST/,
  })
})
