import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { createServer, request, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type TestContext, test } from 'node:test'
import { fastify } from 'fastify'
import { io } from 'socket.io-client'
import type { VideoView } from '#videos/video-view.ts'
import type { Reelmill } from '../../src/index.ts'
import { makeClip } from '../support/clip.ts'
import { waitFor } from '../support/wait-for.ts'
import { makeReelmill } from './open-reelmill.ts'

/** Listens on a free port of this machine until the test ends. */
async function listen(t: TestContext, server: Server): Promise<string> {
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
  t.after(() => server.close().closeAllConnections())
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

/** What a host's web socket answers to an upgrade: a status line. */
function upgrade(url: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const headers = { connection: 'Upgrade', upgrade: 'websocket' }
    request(url, { headers })
      .on('upgrade', (response, socket) => {
        socket.destroy()
        resolve(`${response.statusCode} ${String(response.headers['x-by'])}`)
      })
      .on('response', (response) => {
        response.resume()
        resolve(`${response.statusCode} ${String(response.headers['x-by'])}`)
      })
      .on('error', reject)
      .end()
  })
}

/** Uploads through the host's address, larger than bodies that are held in memory may be. */
async function uploadThrough(url: string, folder: string): Promise<VideoView> {
  const clip = await makeClip({ folder, seconds: 2, output: ['-b:v', '6M', '-minrate', '6M'] })
  const form = new FormData()
  form.append('profile', 'tiny')
  form.append('videoFile', new Blob([await readFile(clip)]), 'clip.mp4')
  const response = await fetch(`${url}/api/v1/videos/upload`, { method: 'POST', body: form })
  assert.equal(response.status, 201, await response.clone().text())
  return (await response.json()) as VideoView
}

/** A video of the host's users is published, by runners that came through the host's port. */
async function publishThrough(url: string, reelmill: Reelmill, folder: string): Promise<void> {
  const { id } = await uploadThrough(url, folder)
  const done = await reelmill.waitFor(id, 'published')
  const master = await fetch(`${url}/media/${id}/master.m3u8`)
  assert.match(await master.text(), /^#EXTM3U/)
  assert.equal((await fetch(`${url}/watch/${id}`)).status, 200)
  assert.equal((await fetch(`${url}/embed/${id}`)).status, 200)
  assert.ok(done.urls.hls?.endsWith(`/media/${id}/master.m3u8`))
}

/** Whether Socket.IO answers at the address, by what it refuses. */
async function refusalOfSocket(url: string, path = '/socket.io'): Promise<string> {
  const socket = io(`${url}/runners`, { path, transports: ['websocket'], reconnection: false })
  try {
    return await new Promise((resolve) => {
      socket.on('connect_error', ({ message }) => resolve(message))
    })
  } finally {
    socket.close()
  }
}

test('In a plain Node server it answers its own addresses, and the host everything else (M-03, D-02, U85)', async (t) => {
  const { reelmill, dataDir } = await makeReelmill(t)
  const host = createServer((incoming, response) => {
    response.statusCode = incoming.url === '/' || incoming.url === '/api/v1/things' ? 200 : 404
    response.setHeader('x-by', 'host').end(`host ${incoming.method} ${incoming.url}`)
  })
  const url = await listen(t, host)
  const before = host.listeners('request')
  await reelmill.mount(host)
  assert.deepEqual(host.listeners('request'), before)

  // A listener that refuses what it does not know, added late, as libraries of web sockets do.
  assert.equal(await upgrade(`${url}/chat`), '404 host')
  host.on('upgrade', ({ url: path }, socket) => {
    const line = path === '/chat' ? '101 Switching Protocols' : '400 Bad Request'
    socket.end(
      `HTTP/1.1 ${line}\r\nx-by: host\r\nconnection: Upgrade\r\nupgrade: websocket\r\n\r\n`,
    )
  })
  assert.equal(await upgrade(`${url}/chat`), '101 host')
  assert.equal(await upgrade(`${url}/other`), '400 host')
  assert.equal(await refusalOfSocket(url), 'No runner token provided')

  const bodies = new Map([
    ['/', [200, 'host GET /']],
    ['/api/v1/things', [200, 'host GET /api/v1/things']],
    ['/health/live', [404, 'host GET /health/live']],
    ['/login', [404, 'host GET /login']],
    ['/api/videos', [404, 'host GET /api/videos']],
    ['/api/videos/x', [404, 'host GET /api/videos/x']],
    ['/setup', [404, 'host GET /setup']],
    ['/mediaother', [404, 'host GET /mediaother']],
    ['/nothing', [404, 'host GET /nothing']],
  ] as const)
  for (const [path, expected] of bodies) {
    const response = await fetch(url + path)
    assert.deepEqual([response.status, await response.text()], [...expected], path)
  }
  const unknown = await fetch(`${url}/api/v1/videos/none/none`)
  assert.match(unknown.headers.get('content-type') ?? '', /^application.problem.json/)
  await publishThrough(url, reelmill, dataDir)

  // Somebody watches live events; they end, and the host goes on.
  const [video] = (await reelmill.list()).videos
  const events = await fetch(`${url}/api/v1/videos/${video?.id}/events`)
  await reelmill.close()
  await assert.rejects(async () => {
    for await (const _ of events.body ?? []) continue
  })
  assert.equal(await (await fetch(`${url}/media/x`)).text(), 'host GET /media/x')
  assert.equal(await upgrade(`${url}/chat`), '101 host')
})

test('In a Fastify it is a plugin: the host’s routes, hooks, parsers and handlers stay as they are (M-03, D-02)', async (t) => {
  const { reelmill, dataDir } = await makeReelmill(t, { publicUrl: 'http://localhost:1' })
  const app = fastify()
  const seen: string[] = []
  app.addHook('onRequest', async ({ url }) => void seen.push(url))
  app.addContentTypeParser('text/x', { parseAs: 'string' }, (_request, body, done) =>
    done(null, `x ${String(body)}`),
  )
  app.setErrorHandler((_error, _request, reply) => reply.code(500).send('host error'))
  app.setNotFoundHandler((_request, reply) => reply.code(404).send('host 404'))
  app.get('/', async () => 'host home')
  app.get('/broken', async () => {
    throw new Error('broken')
  })
  app.post('/echo', async ({ body }) => body)
  await reelmill.mount(app)
  app.get('/late', async () => 'late')
  const url = await app.listen({ host: '127.0.0.1', port: 0 })
  t.after(() => app.close())

  for (const [path, expected] of [
    ['/', 'host home'],
    ['/late', 'late'],
    ['/broken', 'host error'],
    ['/metrics', 'host 404'],
    ['/api/v1/things', 'host 404'],
  ] as const) {
    assert.equal(await (await fetch(url + path)).text(), expected, path)
  }
  const echo = { method: 'POST', headers: { 'content-type': 'text/x' }, body: 'y' }
  assert.equal(await (await fetch(`${url}/echo`, echo)).text(), 'x y')
  const json = { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{"a":1}' }
  assert.deepEqual(await (await fetch(`${url}/echo`, json)).json(), { a: 1 })
  const refused = await fetch(`${url}/api/v1/videos`, { ...json, body: '{' })
  assert.equal(refused.status, 400)
  assert.match(refused.headers.get('content-type') ?? '', /^application.problem.json/)
  assert.equal(await refusalOfSocket(url), 'No runner token provided')
  await publishThrough(url, reelmill, dataDir)
  assert.ok(seen.includes('/api/v1/videos/upload'), 'the host’s hooks come first')
  const injected = await app.inject({ url: '/api/openapi.json', headers: { host: 'localhost' } })
  assert.equal(injected.statusCode, 200)
  await app.close()
  await assert.rejects(reelmill.list())
})

test('Below a prefix everything is there, and the pages find each other (M-03)', async (t) => {
  const { reelmill, dataDir } = await makeReelmill(t)
  const host = createServer((incoming, response) => void response.end(`host ${incoming.url}`))
  const url = await listen(t, host)
  await reelmill.mount(host, { prefix: '/video' })
  for (const path of ['/media/x', '/api/v1/videos', '/video', '/videos']) {
    assert.equal(await (await fetch(url + path)).text(), `host ${path}`)
  }
  assert.match(reelmill.url, /\/video$/)
  await publishThrough(`${url}/video`, reelmill, dataDir)
  await waitFor('a list', async () => (await reelmill.list()).videos.length === 1)
  assert.equal(await refusalOfSocket(url, '/video/socket.io'), 'No runner token provided')
  const page = await (await fetch(`${url}/video/watch/x`)).text()
  const [, style = ''] = /href="([^"]*\.css)"/.exec(page) ?? []
  const [, base = ''] = /<base href="([^"]*)"/.exec(page) ?? []
  const address = new URL(style, new URL(base, `${url}/video/watch/x`))
  assert.match(address.pathname, /^\/video\/watch\/assets\/app\//)
  assert.match((await fetch(address)).headers.get('content-type') ?? '', /^text\/css/)
  await assert.rejects(reelmill.mount(host, { prefix: 'video/' }), /prefix/)
})
