import assert from 'node:assert/strict'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { io } from 'socket.io-client'
import { startStockRunner } from '../peers/stock-runner.ts'
import { makeFolder } from '../support/files.ts'
import { killProcess } from '../support/processes.ts'
import { runProgram } from '../support/program.ts'
import { type Answer, prefix } from '../support/protocol-server.ts'
import { callApi, endAll, findPostmaster, startServerProgram } from '../support/server-program.ts'
import { waitFor } from '../support/wait-for.ts'
import { type DatabaseGate, openDatabaseGate } from './database-gate.ts'
import { type Farm, openFarm } from './farm.ts'
import { sendTranscript, transcriptJob } from './transcripts.ts'

const uuid = '00000000-0000-4000-8000-000000000001'

/** One of each call that looks a token up. */
const calls: readonly (readonly [path: string, body: object])[] = [
  ['/register', { registrationToken: 'ptrrt-1', name: 'late' }],
  ['/unregister', {}],
  ['/jobs/request', {}],
  [`/jobs/${uuid}/accept`, {}],
  [`/jobs/${uuid}/abort`, { jobToken: 'ptrjt-1', reason: 'stop' }],
  [`/jobs/${uuid}/update`, { jobToken: 'ptrjt-1' }],
  [`/jobs/${uuid}/error`, { jobToken: 'ptrjt-1', message: 'no' }],
  [`/jobs/${uuid}/success`, { jobToken: 'ptrjt-1' }],
]

async function openGatedFarm(t: TestContext): Promise<{ farm: Farm; gate: DatabaseGate }> {
  const opening = Promise.withResolvers<DatabaseGate>()
  const farm = await openFarm(t, {
    leadDatabase: async (url) => {
      opening.resolve(await openDatabaseGate(t, url))
      return (await opening.promise).url
    },
  })
  return { farm, gate: await opening.promise }
}

test('a result that comes while the database is away waits for it: a stock runner would not send it again (U132, WD5)', async (t) => {
  const { farm, gate } = await openGatedFarm(t)
  const job = await farm.hold(await farm.register(), transcriptJob)
  gate.shut()
  const told = sendTranscript(farm, job)
  await waitFor('a form that is taken in', async () => {
    const folders = await readdir(join(farm.dataDir, 'tmp'))
    return folders.some((name) => name.startsWith('scratch-'))
  })
  // Away for good for a while: others are told so.
  assert.equal((await farm.post('/jobs/request', { runnerToken: job.runnerToken })).status, 503)
  gate.open()
  assert.equal((await told).status, 204)
  await waitFor('a completed job', async () => {
    return (await farm.readJob(job.uuid)).state === 'completed'
  })
})

test('while the database is away every call is 503, and a stock runner keeps its server (D-103)', async (t) => {
  const { farm, gate } = await openGatedFarm(t)
  const { registrationToken } = farm
  const stock = await startStockRunner({
    release: '0.6.0',
    servers: [{ url: farm.url, registrationToken }],
  })
  t.after(() => stock.vanish())
  const runnerToken = stock.servers()[0]?.runnerToken ?? ''
  await waitFor('a first request', () => stock.diary.calls.some(({ path }) => /request/.test(path)))

  gate.shut()
  for (const [path, body] of calls) {
    const answer = await farm.post(path, { runnerToken, ...body })
    assert.deepEqual(
      [path, answer.status, answer.body?.['code']],
      [path, 503, 'database_unavailable'],
    )
    assert.match(answer.headers.get('content-type') ?? '', /^application\/problem\+json/)
  }
  const ticket = 't'.repeat(43)
  const source = await fetch(`${farm.url}${prefix}/jobs/${uuid}/source/${ticket}`)
  assert.equal(source.status, 503)

  // A refusal would be final for a client of Socket.IO: it must be left to try again.
  const socket = io(`${farm.url}/runners`, {
    auth: { runnerToken },
    transports: ['websocket'],
    forceNew: true,
    reconnectionDelayMax: 100,
  })
  t.after(() => void socket.disconnect())
  const refusals: string[] = []
  socket.on('connect_error', ({ message }) => refusals.push(message))

  gate.open()
  await waitFor('a socket that was not refused', () => socket.connected)
  assert.ok(!refusals.some((message) => /token/.test(message)), refusals.join())
  await waitFor('a server that works again', async () => {
    const { status } = await farm.post('/jobs/request', { runnerToken })
    return status === 200
  })
  assert.deepEqual(stock.servers(), [{ url: farm.url, runnerToken }])
  assert.ok(!stock.diary.calls.some(({ path }) => path === '/unregister'))
  const before = stock.diary.calls.length
  await farm.order({ type: 'video-transcription' })
  await waitFor('a runner that is pinged again', () => stock.diary.calls.length > before)
})

test('a runner that asks all through a crash of the embedded PostgreSQL is never told that it is unknown (D-103)', async (t) => {
  const dataDir = await makeFolder(t)
  const server = await startServerProgram({ dataDir, env: { RUNNERS: '0' } })
  t.after(async () => {
    await server.stop()
    await endAll(dataDir)
  })
  const api = `${server.url}${prefix}`
  const { runnerToken } = await registerByToken(dataDir, api)
  const seen = new Set<number>()
  const ask = async (): Promise<Answer['body']> => {
    const { status, body } = await callApi<Answer['body']>('POST', `${api}/jobs/request`, {
      runnerToken,
    })
    seen.add(status)
    if (status !== 200) assert.equal(body?.['code'], 'database_unavailable')
    return status === 200 ? body : null
  }
  await ask()
  const pid = await findPostmaster(dataDir)
  assert.ok(pid)
  killProcess(pid)
  await waitFor('an answer without a database', async () => {
    await ask()
    return seen.has(503)
  })
  await waitFor('a database that is back', ask)
  assert.deepEqual(seen, new Set([200, 503]))
})

async function registerByToken(dataDir: string, api: string): Promise<{ runnerToken: string }> {
  const env = { DATA_DIR: dataDir }
  const { stdout } = await runProgram(['token', 'create', '--json'], { cwd: dataDir, env })
  const { token } = JSON.parse(stdout) as { readonly token: string }
  const body = { registrationToken: token, name: 'steady' }
  return (await callApi<{ runnerToken: string }>('POST', `${api}/register`, body)).body
}
