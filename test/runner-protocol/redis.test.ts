import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { Emitter } from '@socket.io/redis-emitter'
import { Redis } from 'ioredis'
import { io } from 'socket.io-client'
import { measureQuickest } from '../support/measure-quickest.ts'
import { findFreePort, skipWithoutRedis, startRedis, startSentinel } from '../support/redis.ts'
import { waitFor } from '../support/wait-for.ts'
import { type Farm, openFarm } from './farm.ts'

const skip = skipWithoutRedis
/** The names of django-peertube-runner-connector. */
const connector = 'DJANGO_PEERTUBE_RUNNER_CONNECTOR_'
const password = 'correct-horse-battery-staple'

/** The times at which a runner of its own at each server is pinged. */
async function connectRunners(t: TestContext, farm: Farm): Promise<number[][]> {
  return Promise.all(
    farm.wires.map(async (wire) => {
      const { runnerToken } = await wire.register()
      const socket = io(`${wire.url}/runners`, {
        transports: ['websocket'],
        forceNew: true,
        auth: { runnerToken },
      })
      t.after(() => void socket.disconnect())
      const pings: number[] = []
      socket.on('available-jobs', (...data: unknown[]) => {
        assert.deepEqual(data, [])
        pings.push(performance.now())
      })
      await waitFor('a connected socket', () => socket.connected)
      return pings
    }),
  )
}

/** How long it took until every runner was pinged once more than before `call`, in ms. */
async function msToReachAll(pings: number[][], call: () => unknown): Promise<number> {
  const before = pings.map(({ length }) => length)
  const startedAtMs = performance.now()
  await call()
  await waitFor('a ping for every runner', () =>
    pings.every(({ length }, index) => length > (before[index] ?? 0)),
  )
  return Math.max(...pings.map((times, index) => times[before[index] ?? 0] ?? 0)) - startedAtMs
}

/** Within a second, as soon as the machine lets it. */
async function requireReach(pings: number[][], call: () => unknown): Promise<void> {
  const quickestMs = await measureQuickest(1000, () => msToReachAll(pings, call))
  assert.ok(quickestMs < 1000, `${quickestMs} ms`)
}

function connectClient(t: Pick<TestContext, 'after'>, port: number, secret?: string): Redis {
  const client = new Redis(port, '127.0.0.1', {
    ...(secret === undefined ? {} : { password: secret }),
    retryStrategy: () => 100,
  })
  // One of its servers is killed by the test.
  client.on('error', () => undefined)
  t.after(() => client.disconnect())
  return client
}

/** The write-only emitter of another program. */
function createCall(client: Redis): () => void {
  const emitter = new Emitter(client)
  return () => void emitter.of('/runners').emit('available-jobs')
}

/** Connections of servers that listen, by Redis's own words. */
async function waitForListeners(client: Redis, count: number): Promise<void> {
  await waitFor(`${count} servers that listen at Redis`, async () => {
    const lines = String(await client.client('LIST')).split('\n')
    const listening = lines.filter((line) => /name=reelmill .*psub=[1-9]/.test(line))
    return listening.length === count
  })
}

const logOf = (farm: Farm): string => farm.servers[0]?.program.stderr() ?? ''
const countMatches = (text: string, pattern: RegExp): number => [...text.matchAll(pattern)].length

test('with Redis, work at one process and a program that only writes to Redis ping the runners of all processes within a second (D-35, D-81, U64)', {
  skip,
}, async (t) => {
  const { port } = await startRedis(t)
  const env = { [`${connector}REDIS`]: `redis://localhost:${port}` }
  const farm = await openFarm(t, { servers: 2, env })
  const client = connectClient(t, port)
  await waitForListeners(client, 2)
  const pings = await connectRunners(t, farm)
  const call = createCall(client)
  await requireReach(pings, call)
  await requireReach(pings, call)
  const runner = await farm.register()
  const quickestMs = await measureQuickest(1000, async () => {
    await farm.database.deleteFrom('jobs').execute()
    const { uuid, ...tokens } = await farm.hold(runner, { type: 'video-transcription' })
    return msToReachAll(pings, () =>
      farm.post(`/jobs/${uuid}/abort`, { ...tokens, reason: 'stop' }),
    )
  })
  assert.ok(quickestMs < 1000, `${quickestMs} ms`)
})

test('what cannot be read, and orders to drop runners, are not followed (D-81)', {
  skip,
}, async (t) => {
  const { port } = await startRedis(t)
  const farm = await openFarm(t, { env: { REDIS_URL: `redis://localhost:${port}` } })
  const client = connectClient(t, port)
  await waitForListeners(client, 1)
  const pings = await connectRunners(t, farm)
  await client.publish('socket.io#/runners#', 'no MessagePack')
  await client.publish('socket.io#/runners#', Buffer.from([0xc1]))
  new Emitter(client).of('/runners').disconnectSockets()
  await msToReachAll(pings, createCall(client))
  assert.match(logOf(farm), /a message on Redis could not be read/)
})

test('through Sentinel the same, and after a failover too (D-36, D-81, U64)', {
  skip,
}, async (t) => {
  const master = await startRedis(t)
  const replica = await startRedis(t, { lines: [`replicaof 127.0.0.1 ${master.port}`] })
  const replicaClient = connectClient(t, replica.port)
  await waitFor('a replica', async () =>
    /master_link_status:up/.test(await replicaClient.info('replication')),
  )
  const sentinel = await startSentinel(t, { master: 'mymaster', masterPort: master.port })
  const sentinels = `127.0.0.1:${await findFreePort()}, localhost:${sentinel.port}`
  const farm = await openFarm(t, { servers: 2, env: { [`${connector}SENTINELS`]: sentinels } })
  const masterClient = connectClient(t, master.port)
  await waitForListeners(masterClient, 2)
  const pings = await connectRunners(t, farm)
  await requireReach(pings, createCall(masterClient))
  await master.kill()
  await waitFor('a failover', async () =>
    /role:master/.test(await replicaClient.info('replication')),
  )
  await waitForListeners(replicaClient, 2)
  await requireReach(pings, createCall(replicaClient))
})

test('of Redis and Sentinel the plain Redis wins; the master may have another name and a password (D-36)', {
  skip,
}, async (t) => {
  const plain = await startRedis(t)
  const guarded = await startRedis(t, { lines: [`requirepass ${password}`] })
  const sentinel = await startSentinel(t, { master: 'other', masterPort: guarded.port })
  const env = {
    [`${connector}SENTINELS`]: `localhost:${sentinel.port}`,
    [`${connector}SENTINELS_MASTER`]: 'other',
    REDIS_SENTINELS_PASSWORD: password,
  }
  await openFarm(t, { env: { ...env, [`${connector}REDIS`]: `redis://localhost:${plain.port}` } })
  await openFarm(t, { env })
  await waitForListeners(connectClient(t, plain.port), 1)
  await waitForListeners(connectClient(t, guarded.port, password), 1)
})

test('a Redis that is away, comes, refuses and comes back is said once each; work and runners go on, and no password is logged (D-35, D-37)', {
  skip,
}, async (t) => {
  const port = await findFreePort()
  const farm = await openFarm(t, {
    env: { REDIS_URL: `redis://:${password}@127.0.0.1:${port}`, LOG_LEVEL: 'trace' },
  })
  const away = /Redis cannot be used/g
  const there = /Redis is there/g
  const pings = await connectRunners(t, farm)
  await waitFor('a word about it', () => countMatches(logOf(farm), away) === 1)
  await msToReachAll(pings, () => farm.order({ type: 'video-transcription' }))
  await farm.database.deleteFrom('jobs').execute()

  const first = await startRedis(t, { port, lines: [`requirepass ${password}`] })
  const client = connectClient(t, port, password)
  await waitForListeners(client, 1)
  await msToReachAll(pings, createCall(client))
  assert.equal(countMatches(logOf(farm), away), 1)
  client.disconnect()
  await first.kill()
  await waitFor('a word about it', () => countMatches(logOf(farm), away) === 2)

  const refusing = await startRedis(t, { port, lines: ['requirepass another'] })
  const other = connectClient(t, port, 'another')
  await waitFor('refused logins', async () => (await countRefusals(other)) >= 2)
  await msToReachAll(pings, () => farm.order({ type: 'video-transcription' }))
  await farm.database.deleteFrom('jobs').execute()
  await refusing.kill()

  await startRedis(t, { port, lines: [`requirepass ${password}`] })
  const again = connectClient(t, port, password)
  await waitForListeners(again, 1)
  await msToReachAll(pings, createCall(again))
  assert.equal(countMatches(logOf(farm), away), 2)
  assert.equal(countMatches(logOf(farm), there), 2)
  assert.ok(!logOf(farm).includes(password))
  assert.ok(!logOf(farm).includes('UnhandledPromise'))
  const [server] = farm.servers
  assert.deepEqual(await server?.stop(), { code: 0, signal: null })
})

/** How many logins in a row failed. */
async function countRefusals(client: Redis): Promise<number> {
  const [latest] = (await client.acl('LOG')) as [string, number][]
  return latest?.[1] ?? 0
}
