import assert from 'node:assert/strict'
import { once as onceEmitted } from 'node:events'
import { connect as connectSocket } from 'node:net'
import { after, type TestContext, test } from 'node:test'
import { io, type Socket } from 'socket.io-client'
import { measureQuickest } from '../../../test/support/measure-quickest.ts'
import { startProtocolServer } from '../../../test/support/protocol-server.ts'

const server = await startProtocolServer({ after })

function connect(t: TestContext, auth: object) {
  const socket = io(`${server.url}/runners`, {
    transports: ['websocket'],
    forceNew: true,
    reconnection: false,
    auth,
  })
  t.after(() => void socket.close())
  return socket
}

/** Settles with the event's data when it comes. */
function once(socket: Socket, event: string): Promise<unknown[]> {
  return new Promise((resolve) => {
    socket.once(event, (...data: unknown[]) => resolve(data))
  })
}

async function refusalOf(t: TestContext, auth: object): Promise<string> {
  const [error] = await once(connect(t, auth), 'connect_error')
  return error instanceof Error ? error.message : ''
}

test('a socket without a good runner token is refused in the words that clients look for (D-80)', async (t) => {
  assert.match(await refusalOf(t, {}), /No runner token provided/)
  assert.match(await refusalOf(t, { runnerToken: '' }), /No runner token provided/)
  assert.match(await refusalOf(t, { runnerToken: 7 }), /Invalid runner token/)
  assert.match(await refusalOf(t, { runnerToken: 'ptrt-unknown' }), /Invalid runner token/)
})

test('every connected runner is pinged when a job is created, aborted or failed (D-81, D-101, WD4)', async (t) => {
  const runners = await Promise.all([server.register(), server.register()])
  const sockets = runners.map(({ runnerToken }) => connect(t, { runnerToken }))
  await Promise.all(sockets.map((socket) => once(socket, 'connect')))
  const pinged = () => Promise.all(sockets.map((socket) => once(socket, 'available-jobs')))
  const created = pinged()
  const [first] = runners
  assert.ok(first)
  const [job] = await server.listJobs(await server.order({}))
  assert.deepEqual((await created)[0], [])
  const { uuid, ...tokens } = await server.accept(job?.uuid ?? '', first)
  const aborted = pinged()
  await server.post(`/jobs/${uuid}/abort`, { ...tokens, reason: 'stop' })
  await aborted
  const held = await server.accept(uuid, first)
  const failed = pinged()
  await server.post(`/jobs/${uuid}/error`, { ...held, message: 'no' })
  await failed
  // Again when its rest is over, so that nobody has to poll.
  await pinged()
})

test('of forty idle runners a few hear of a job that is taken, all of one that waits, within a second (D-48, D-81)', async (t) => {
  const runners = await Promise.all(Array.from({ length: 40 }, () => server.register()))
  const heard = new Map<number, number>()
  let everybody = Promise.withResolvers<void>()
  const sockets = runners.map(({ id, runnerToken }) => {
    const socket = connect(t, { runnerToken })
    socket.on('available-jobs', () => {
      heard.set(id, performance.now())
      if (heard.size === runners.length) everybody.resolve()
    })
    return socket
  })
  await Promise.all(sockets.map((socket) => once(socket, 'connect')))
  await server.parts.database.deleteFrom('jobs').execute()
  heard.clear()
  const [first] = runners
  assert.ok(first)
  await server.hold(first, { type: 'video-transcription', encoders: [] })
  const taken = heard.size
  assert.ok(taken <= 12, `${taken} heard of the job that was taken`)
  const lastMs = await measureQuickest(1_000, async () => {
    await server.parts.database.deleteFrom('jobs').execute()
    heard.clear()
    everybody = Promise.withResolvers()
    const startedAtMs = performance.now()
    await server.order({ type: 'video-transcription', encoders: [] })
    await everybody.promise
    return Math.max(...heard.values()) - startedAtMs
  })
  assert.ok(lastMs < 1_000, `the last heard after ${lastMs} ms`)
})

test('genuine runners that ask at the same time are told different jobs first (D-52, D-101)', async () => {
  const type = 'vod-web-video-transcoding'
  const runners = await Promise.all(Array.from({ length: 8 }, () => server.register()))
  await server.order(...runners.map(() => ({ type, encoders: [], priority: -5 })))
  const answers = await Promise.all(
    runners.map(({ runnerToken }) => server.post('/jobs/request', { runnerToken })),
  )
  const firsts = answers.map(({ body }) => {
    const { availableJobs } = body as unknown as { availableJobs: { uuid: string }[] }
    return availableJobs[0]?.uuid
  })
  assert.equal(new Set(firsts).size, runners.length)
})

test('a thousand jobs are a few pings', async (t) => {
  const { runnerToken } = await server.register()
  const socket = connect(t, { runnerToken })
  await once(socket, 'connect')
  let pings = 0
  socket.on('available-jobs', () => {
    pings += 1
  })
  const startedAt = performance.now()
  await Promise.all(Array.from({ length: 100 }, () => server.order({}, {}, {}, {}, {})))
  const elapsedMs = performance.now() - startedAt
  assert.ok(pings <= 2 + elapsedMs / 250)
})

test('a WebSocket that nobody here speaks is closed, so that strangers cannot pile them up', async (t) => {
  const { hostname, port } = new URL(server.url)
  const socket = connectSocket(Number(port), hostname)
  t.after(() => socket.destroy())
  socket.write(`GET /x HTTP/1.1\r\nHost: ${hostname}\r\nConnection: Upgrade\r\nUpgrade: x\r\n\r\n`)
  socket.resume()
  await onceEmitted(socket, 'close')
})
