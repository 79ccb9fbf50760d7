import assert from 'node:assert/strict'
import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type TestContext, test } from 'node:test'
import { gzipSync } from 'node:zlib'
import { type GuardedCall, openGuardedClient } from './guarded-client.ts'

const limits = { headersMs: 5_000, idleMs: 5_000, wholeMs: 10_000, bodyBytes: 1_000 }

async function listen(t: TestContext, answer: RequestListener, host = '127.0.0.1') {
  const server = createServer(answer)
  await new Promise<void>((resolve) => server.listen(0, host, resolve))
  t.after(() => {
    server.closeAllConnections()
    server.close()
  })
  return (server.address() as AddressInfo).port
}

type Options = Parameters<typeof openGuardedClient>[0]

function open(t: TestContext, options: Partial<Options> = {}) {
  const client = openGuardedClient({ allow: [], ports: [80, 443], ...options })
  t.after(() => client.close())
  return client
}

const hasCode = (code: string, reason?: string) => (error: unknown) => {
  const { code: actual, details } = error as { code: string; details: { reason?: string } }
  return actual === code && (reason === undefined || details.reason === reason)
}

const get = (url: string, more: Partial<GuardedCall> = {}): GuardedCall => ({
  url,
  limits,
  ...more,
})

async function readAll(body: AsyncIterable<Buffer>): Promise<Buffer> {
  const pieces: Buffer[] = []
  for await (const piece of body) pieces.push(piece)
  return Buffer.concat(pieces)
}

test('a call reaches an allowed address under its name, and gets what was sent (U115)', async (t) => {
  const seen: unknown[] = []
  const port = await listen(t, (request, response) => {
    request.setEncoding('utf8').on('data', (text: string) => {
      seen.push([request.method, request.url, request.headers.host, request.headers['x-a'], text])
      response.end('hello')
    })
  })
  const client = open(t, { allow: ['127.0.0.0/8'], lookup: async () => ['127.0.0.1'] })
  const url = `http://hooks.example:${port}/path?q=1`
  const answer = await client.call(
    get(url, { method: 'POST', body: '{}', headers: { 'x-a': 'b' } }),
  )
  assert.equal(answer.status, 200)
  assert.equal((await readAll(answer.body)).toString(), 'hello')
  assert.deepEqual(seen, [['POST', '/path?q=1', `hooks.example:${port}`, 'b', '{}']])
})

test('a name that resolves to this machine is refused before anything is sent (WV17, WC10)', async (t) => {
  let calls = 0
  const port = await listen(t, (_, response) => {
    calls += 1
    response.end()
  })
  const client = open(t, { ports: [port], lookup: async () => ['93.184.216.34', '127.0.0.1'] })
  const url = `http://innocent.example:${port}/`
  await assert.rejects(client.check(url), hasCode('address_refused'))
  await assert.rejects(client.call(get(url)), hasCode('address_refused'))
  await assert.rejects(client.call(get(`http://127.0.0.1:${port}/`)), hasCode('address_refused'))
  await assert.rejects(client.call(get(`http://[::1]:${port}/`)), hasCode('address_refused'))
  assert.equal(calls, 0)
})

test('a name that answers otherwise the second time is caught by the second answer', async (t) => {
  let calls = 0
  const port = await listen(t, (_, response) => {
    calls += 1
    response.end()
  })
  const answers = [['93.184.216.34'], ['127.0.0.1']]
  const client = open(t, { ports: [port], lookup: async () => answers.shift() ?? [] })
  const url = `http://rebinding.example:${port}/`
  await client.check(url)
  await assert.rejects(client.call(get(url)), hasCode('address_refused'))
  assert.equal(calls, 0)
})

test('the connection goes to the very address that was checked, and asks no resolver again', async (t) => {
  let lookups = 0
  const port = await listen(t, (_, response) => response.end('first'), '127.0.0.2')
  const lookup = async () => {
    lookups += 1
    return lookups === 1 ? ['127.0.0.2'] : ['127.0.0.1']
  }
  const client = open(t, { allow: ['127.0.0.2'], lookup })
  const answer = await client.call(get(`http://rebinding.example:${port}/`))
  assert.equal((await readAll(answer.body)).toString(), 'first')
  assert.equal(lookups, 1)
})

test('redirects are told and not followed, unless they are asked for', async (t) => {
  const port = await listen(t, (request, response) => {
    if (request.url === '/end') return void response.end('end')
    response.writeHead(302, { location: '/end' }).end()
  })
  const client = open(t, { allow: ['127.0.0.1'] })
  const url = `http://127.0.0.1:${port}/start`
  const told = await client.call(get(url))
  assert.equal(told.status, 302)
  told.body.destroy()
  const followed = await client.call(get(url, { redirects: 3 }))
  assert.equal(followed.url.pathname, '/end')
  assert.equal((await readAll(followed.body)).toString(), 'end')
})

test('every hop of a redirect is checked anew (WC10)', async (t) => {
  const hidden = await listen(t, (_, response) => response.end('secret'), '127.0.0.3')
  const targets: Record<string, string> = {
    '/metadata': 'http://169.254.169.254/latest/meta-data/',
    '/local': `http://127.0.0.3:${hidden}/`,
    '/name': `http://sub.example:${hidden}/`,
    '/file': 'file:///etc/passwd',
    '/password': 'http://user:word@example.com/',
    '/broken': 'http://',
    '/loop': '/loop',
  }
  const port = await listen(t, (request, response) => {
    response.writeHead(307, { location: targets[request.url ?? ''] }).end()
  })
  const client = open(t, { allow: ['127.0.0.1'], lookup: async () => ['127.0.0.3'] })
  const codes = await Promise.all(
    Object.keys(targets).map((path) =>
      client
        .call(get(`http://127.0.0.1:${port}${path}`, { redirects: 5 }))
        .then(String, (error: { code: string }) => error.code),
    ),
  )
  const [refused, invalid] = ['address_refused', 'address_invalid']
  assert.deepEqual(codes, [refused, refused, refused, invalid, invalid, invalid, refused])
})

test('a server that says nothing, or goes silent in the middle, is given up in time', async (t) => {
  const port = await listen(t, (request, response) => {
    if (request.url === '/half') response.write('half')
  })
  const client = open(t, { allow: ['127.0.0.1'] })
  const url = `http://127.0.0.1:${port}`
  const short = { ...limits, headersMs: 300, idleMs: 300 }
  await assert.rejects(
    client.call(get(`${url}/silent`, { limits: short })),
    hasCode('address_unreachable', 'timed_out'),
  )
  const { body } = await client.call(get(`${url}/half`, { limits: short }))
  await assert.rejects(readAll(body), hasCode('address_unreachable', 'timed_out'))
})

test('a body that drips for ever is ended by the limit of the whole', async (t) => {
  const port = await listen(t, (_, response) => {
    const timer = setInterval(() => response.write('.'), 50)
    response.on('close', () => clearInterval(timer))
  })
  const client = open(t, { allow: ['127.0.0.1'] })
  const dripping = { ...limits, wholeMs: 600 }
  const { body } = await client.call(get(`http://127.0.0.1:${port}/`, { limits: dripping }))
  await assert.rejects(readAll(body), hasCode('address_unreachable', 'timed_out'))
})

test('a body above the limit is broken off, whether it says its length or not', async (t) => {
  const port = await listen(t, (request, response) => {
    const text = 'x'.repeat(1_001)
    if (request.url === '/said') response.setHeader('content-length', text.length)
    response.write(text)
    response.end()
  })
  const client = open(t, { allow: ['127.0.0.1'] })
  for (const path of ['/said', '/unsaid']) {
    const { body } = await client.call(get(`http://127.0.0.1:${port}${path}`))
    await assert.rejects(readAll(body), hasCode('answer_too_large'), path)
  }
})

test('a small compressed body stays small: nothing is decompressed', async (t) => {
  const bomb = gzipSync(Buffer.alloc(200_000))
  const port = await listen(t, (request, response) => {
    assert.equal(request.headers['accept-encoding'], 'identity')
    response.writeHead(200, { 'content-encoding': 'gzip' }).end(bomb)
  })
  const client = open(t, { allow: ['127.0.0.1'] })
  const { body } = await client.call(get(`http://127.0.0.1:${port}/`))
  assert.deepEqual(await readAll(body), bomb)
})

test('what fails is told by its reason: nobody there, no such name, broken off, stopped', async (t) => {
  const port = await listen(t, (request) => request.socket.destroy())
  const client = open(t, { allow: ['127.0.0.1'], lookup: () => Promise.reject(new Error('none')) })
  const free = await new Promise<number>((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const { port: found } = probe.address() as AddressInfo
      probe.close(() => resolve(found))
    })
  })
  const unreachable = (reason: string) => hasCode('address_unreachable', reason)
  await assert.rejects(client.call(get(`http://127.0.0.1:${free}/`)), unreachable('ECONNREFUSED'))
  await assert.rejects(client.call(get('http://gone.example/')), unreachable('name'))
  await assert.rejects(client.call(get(`http://127.0.0.1:${port}/`)), unreachable('UND_ERR_SOCKET'))
  const signal = AbortSignal.abort()
  await assert.rejects(
    client.call(get(`http://127.0.0.1:${port}/`, { signal })),
    hasCode('cancelled'),
  )
})

test('a resolver that hangs does not hold up the call', async (t) => {
  const client = open(t, { connectMs: 100, lookup: () => new Promise(() => undefined) })
  await assert.rejects(
    client.call(get('http://slow.example/')),
    hasCode('address_unreachable', 'name'),
  )
})
