import assert from 'node:assert/strict'
import { connect } from 'node:net'
import { text } from 'node:stream/consumers'
import { test } from 'node:test'
import { openTestHttpServer } from '../../../test/support/http-server.ts'

test('What is no HTTP is answered with a problem too (U80)', async (t) => {
  const { url } = await openTestHttpServer(t)
  const { hostname, port } = new URL(url)
  for (const [sent, status] of [
    ['GET / HTTP/1.1\r\nno header at all\r\n\r\n', 400],
    [`GET / HTTP/1.1\r\nx: ${'y'.repeat(20_000)}\r\n\r\n`, 431],
  ] as const) {
    const socket = connect(Number(port), hostname)
    socket.write(sent)
    const answer = await text(socket)
    assert.match(answer, new RegExp(`^HTTP/1.1 ${status} .*\r\ncontent-type: application/problem`))
    const problem = JSON.parse(answer.slice(answer.indexOf('\r\n\r\n')))
    assert.deepEqual([problem.code, problem.status], ['invalid_request', status])
  }
})

test('A caller’s own id of a request comes back; a strange one does not', async (t) => {
  const { url } = await openTestHttpServer(t)
  const idOf = async (given: string) => {
    const response = await fetch(`${url}/nothing`, { headers: { 'x-request-id': given } })
    const { requestId } = (await response.json()) as { readonly requestId: string }
    assert.equal(requestId, response.headers.get('x-request-id'))
    return requestId
  }
  assert.equal(await idOf('trace-1234:5'), 'trace-1234:5')
  assert.match(await idOf('<script>alert(1)</script>'), /^[0-9a-f-]{36}$/)
})
