import assert from 'node:assert/strict'
import { after, type TestContext, test } from 'node:test'
import { io, type Socket } from 'socket.io-client'
import { measureQuickest } from '../support/measure-quickest.ts'
import type { TestRunner } from '../support/protocol-server.ts'
import { waitFor } from '../support/wait-for.ts'
import { openFarm } from './farm.ts'

const farm = await openFarm({ after }, { servers: 2 })

/** As the stock runner connects: WebSocket only, by the origin that was registered. */
function connect(t: TestContext, origin: string, auth: object): Socket {
  const socket = io(`${origin}/runners`, { transports: ['websocket'], forceNew: true, auth })
  t.after(() => void socket.disconnect())
  return socket
}

async function countPings(t: TestContext, origin: string, { runnerToken }: TestRunner) {
  const socket = connect(t, origin, { runnerToken })
  const pings: unknown[][] = []
  socket.on('available-jobs', (...data: unknown[]) => pings.push(data))
  await waitFor('a connected socket', () => socket.connected)
  return pings
}

async function refusalOf(t: TestContext, auth: object): Promise<string> {
  const socket = connect(t, farm.url, auth)
  const refused = Promise.withResolvers<string>()
  socket.once('connect_error', ({ message }) => refused.resolve(message))
  socket.once('connect', () => refused.resolve('it was let in'))
  return refused.promise
}

test('a socket without a known runner token is refused in the words that are looked for (D-80)', async (t) => {
  assert.match(await refusalOf(t, {}), /No runner token provided/)
  assert.match(await refusalOf(t, { runnerToken: 7 }), /Invalid runner token/)
  assert.match(await refusalOf(t, { runnerToken: 'ptrt-no' }), /Invalid runner token/)
  assert.match(await refusalOf(t, { runnerToken: farm.registrationToken }), /Invalid runner token/)
})

test('the frames are those of Engine.IO 4 and Socket.IO 5 (D-80)', async (t) => {
  const { runnerToken } = await farm.register()
  const address = farm.url.replace('http', 'ws')
  const socket = new WebSocket(`${address}/socket.io/?EIO=4&transport=websocket`)
  t.after(() => socket.close())
  const frames: string[] = []
  socket.addEventListener('message', ({ data }) => frames.push(String(data)))
  const frame = (pattern: RegExp) =>
    waitFor(`${pattern}`, () => frames.find((text) => pattern.test(text)))
  const open = JSON.parse((await frame(/^0\{/)).slice(1)) as Record<string, unknown>
  assert.deepEqual([open['pingInterval'], open['pingTimeout']], [25_000, 20_000])
  socket.send(`40/runners,${JSON.stringify({ runnerToken })}`)
  await frame(/^40\/runners,\{"sid":/)
  await farm.order({ type: 'video-transcription' })
  await frame(/^42\/runners,\["available-jobs"\]$/)
})

test('no other transport, namespace or path of another site is served (D-80, D-82)', async (t) => {
  const polling = await fetch(`${farm.url}/socket.io/?EIO=4&transport=polling`)
  assert.equal(polling.status, 400)
  const foreign = await fetch(`${farm.url}/socket.io/?EIO=4&transport=polling`, {
    headers: { origin: 'https://elsewhere.example' },
  })
  assert.equal(foreign.headers.get('access-control-allow-origin'), null)
  const { runnerToken } = await farm.register()
  const socket = io(`${farm.url}/elsewhere`, {
    transports: ['websocket'],
    forceNew: true,
    auth: { runnerToken },
  })
  t.after(() => void socket.disconnect())
  const refused = Promise.withResolvers<string>()
  socket.once('connect_error', ({ message }) => refused.resolve(message))
  assert.match(await refused.promise, /Invalid namespace/)
})

test('a job that becomes available at one server pings the runners of all, without data, within a second (D-81, D-48)', async (t) => {
  const [one, other] = await Promise.all([farm.register(), farm.register()])
  const pings = await Promise.all([
    countPings(t, farm.wires[0]?.url ?? '', one),
    countPings(t, farm.wires[1]?.url ?? '', other),
  ])
  const quickestMs = await measureQuickest(1000, async () => {
    await farm.database.deleteFrom('jobs').execute()
    const before = pings.map(({ length }) => length)
    const startedAt = performance.now()
    await farm.order({ type: 'video-transcription' })
    await waitFor('a ping at both servers', () =>
      pings.every(({ length }, index) => length > (before[index] ?? 0)),
    )
    return performance.now() - startedAt
  })
  assert.ok(quickestMs < 1000, `${quickestMs} ms`)
  assert.deepEqual(pings.flat(2), [])
})

test('a burst of jobs is a few pings (D-48)', async (t) => {
  const pings = await countPings(t, farm.url, await farm.register())
  const before = pings.length
  const startedAt = performance.now()
  await Promise.all(Array.from({ length: 40 }, () => farm.order({}, {}, {})))
  await waitFor('a ping', () => pings.length > before)
  const elapsedMs = performance.now() - startedAt
  assert.ok(pings.length - before <= 2 + elapsedMs / 250, `${pings.length - before} pings`)
})

test('no token is ever written to the log (D-83, WD15)', async (t) => {
  const loud = await openFarm(t, { env: { LOG_LEVEL: 'trace' } })
  const runner = await loud.register()
  await countPings(t, loud.url, runner)
  const held = await loud.hold(runner, { type: 'video-transcription' })
  const { uuid, ...tokens } = held
  await loud.post(`/jobs/${uuid}/update`, { ...tokens, progress: 1 })
  await loud.post(`/jobs/${uuid}/abort`, { ...tokens, reason: `because of ${tokens.jobToken}` })
  await loud.post('/jobs/request', { runnerToken: 'ptrt-11111111-1111-4111-8111-111111111111' })
  await refusalOf(t, { runnerToken: 'ptrt-22222222-2222-4222-8222-222222222222' })
  const [server] = loud.servers
  const log = await waitFor('the log of the abort', () => {
    const text = `${server?.program.stdout()}${server?.program.stderr()}`
    return text.includes('gave a job back') ? text : null
  })
  assert.match(log, /a runner connected/)
  for (const secret of [loud.registrationToken, runner.runnerToken, tokens.jobToken]) {
    assert.ok(!log.includes(secret), secret)
  }
  assert.ok(!/pt(rr|r|rj)t-[0-9a-f]{8}-/.test(log))
})
