import assert from 'node:assert/strict'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { createServer, type RequestListener } from 'node:http'
import { createServer as createTcpServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { downloadInput } from './download.ts'

const holder = { uuid: 'u', jobToken: 'ptrjt-1', runnerToken: 'ptrt-1' }

async function serve(t: TestContext, listener: RequestListener): Promise<string> {
  const server = createServer(listener)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  t.after(() => {
    server.closeAllConnections()
    server.close()
  })
  const address = server.address()
  return `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`
}

const publicAddress = 'https://tube.invalid/file'

async function download(
  t: TestContext,
  server: string,
  address = publicAddress,
  limits: { readonly answerMs?: number } = {},
) {
  const folder = await mkdtemp(join(tmpdir(), 'reelmill-download-'))
  t.after(() => rm(folder, { recursive: true, force: true }))
  const path = join(folder, 'input')
  const signal = new AbortController().signal
  await downloadInput({ server, address, holder, path, signal, idleMs: 300, ...limits })
  return readFile(path, 'utf8')
}

test('a download comes from the path on the server that we know, whatever its public name (1.6)', async (t) => {
  const asked: (string | undefined)[] = []
  const server = await serve(t, (request, response) => {
    asked.push(request.method, request.url)
    response.end('bytes')
  })
  assert.equal(await download(t, server, 'https://tube.invalid//evil.invalid/a?b=1'), 'bytes')
  assert.deepEqual(asked, ['POST', '//evil.invalid/a?b=1'])
})

test('a download that falls silent or breaks off is no download (1.6)', async (t) => {
  const silent = await serve(t, (_, response) => {
    response.writeHead(200, { 'content-length': 100 }).write('some')
  })
  await assert.rejects(download(t, silent), { code: 'server_unreachable' })
  const broken = await serve(t, (_, response) => {
    response.writeHead(200, { 'content-length': 100 }).write('some', () => response.destroy())
  })
  await assert.rejects(download(t, broken), { code: 'server_unreachable' })
  const brokenChunks = await serve(t, (_, response) => {
    response.writeHead(200).write('some', () => response.destroy())
  })
  await assert.rejects(download(t, brokenChunks), { code: 'server_unreachable' })
})

test('a server that makes the input before it answers is given time for that, a storage none', async (t) => {
  const late = await serve(t, (request, response) => {
    if (request.method === 'POST' && request.url === '/elsewhere') {
      response.writeHead(302, { location: '/bucket' }).end()
    } else {
      setTimeout(() => response.end('bytes'), 900)
    }
  })
  assert.equal(await download(t, late), 'bytes')
  await assert.rejects(download(t, late, '/elsewhere'), { code: 'server_unreachable' })
  const limits = { answerMs: 300 }
  await assert.rejects(download(t, late, publicAddress, limits), { code: 'server_unreachable' })
})

test('a download that cannot be proven whole is refused (8.2)', async (t) => {
  const server = createTcpServer((socket) => {
    socket.once('data', () => socket.end('HTTP/1.1 200 OK\r\nconnection: close\r\n\r\nsome'))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  t.after(() => void server.close())
  const address = server.address()
  const url = `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`
  await assert.rejects(download(t, url), { code: 'server_refused' })
})

test('307 on the same server repeats the POST, and a circle has an end (5.7)', async (t) => {
  const bodies: string[] = []
  const server = await serve(t, (request, response) => {
    request.setEncoding('utf8').on('data', (text: string) => bodies.push(text))
    if (request.url === '/circle') return response.writeHead(302, { location: '/circle' }).end()
    if (request.url !== '/file') return response.end('bytes')
    return response.writeHead(307, { location: '/there' }).end()
  })
  assert.equal(await download(t, server), 'bytes')
  assert.equal(bodies.length, 2)
  assert.deepEqual(JSON.parse(bodies[1] ?? ''), { runnerToken: 'ptrt-1', jobToken: 'ptrjt-1' })
  await assert.rejects(download(t, server, '/circle'), { code: 'server_refused' })
})

test('a refusal is told by its status, without the query of a storage (1.6)', async (t) => {
  const server = await serve(t, (request, response) => {
    if (request.method === 'GET') return response.writeHead(403).end()
    return response.writeHead(302, { location: '/bucket/a?key=secret' }).end()
  })
  await assert.rejects(download(t, server), (error: Error) => {
    assert.match(error.message, /GET \/bucket\/a was answered 403/)
    assert.doesNotMatch(error.message, /secret/)
    return true
  })
})

test('an input that lies elsewhere is asked there, without the tokens of the job (D-09)', async (t) => {
  const asked: string[] = []
  const other = await serve(t, (request, response) => {
    request.on('data', (bytes) => asked.push(String(bytes)))
    asked.push(`${request.method} ${request.url}`)
    response.end('film')
  })
  const folder = await mkdtemp(join(tmpdir(), 'reelmill-download-'))
  t.after(() => rm(folder, { recursive: true, force: true }))
  const path = join(folder, 'input')
  const signal = new AbortController().signal
  const own = { server: 'http://127.0.0.1:9', holder, path, signal, isElsewhere: true }
  await downloadInput({ ...own, address: `${other}/7.mp4` })
  assert.equal(await readFile(path, 'utf8'), 'film')
  assert.deepEqual(asked, ['GET /7.mp4'])
  await assert.rejects(downloadInput({ ...own, address: 'file:///etc/passwd' }), /no web address/)
})
