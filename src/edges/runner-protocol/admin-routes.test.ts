import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, test } from 'node:test'
import {
  type HeldJob,
  prefix,
  startProtocolServer,
  type TestRunner,
} from '../../../test/support/protocol-server.ts'

const key = 'a-long-enough-key'
const server = await startProtocolServer({ after }, { adminKey: key })
const { database } = server.parts

type Item = Readonly<Record<string, unknown>>
interface Answer {
  readonly status: number
  readonly body: Item
  readonly headers: Headers
}

async function call(
  method: string,
  path: string,
  { headers = {}, json }: { headers?: Record<string, string>; json?: object } = {},
): Promise<Answer> {
  const response = await fetch(`${server.url}${prefix}${path}`, {
    method,
    headers: {
      authorization: `Bearer ${key}`,
      ...(json ? { 'content-type': 'application/json' } : {}),
      ...headers,
    },
    ...(json ? { body: JSON.stringify(json) } : {}),
  })
  const text = await response.text()
  const body = text === '' ? {} : (JSON.parse(text) as Item)
  return { status: response.status, body, headers: response.headers }
}

/** With the key: so many calls from one address would be a stranger's end. */
async function register(facts: object = {}): Promise<TestRunner> {
  const { registrationToken } = server
  const json = { registrationToken, name: randomUUID(), encoders: ['libx264', 'aac'], ...facts }
  return (await call('POST', '/register', { json })).body as unknown as TestRunner
}

async function list(path: string): Promise<{ total: number; data: readonly Item[] }> {
  const { status, body } = await call('GET', path)
  assert.equal(status, 200, path)
  return body as unknown as { total: number; data: Item[] }
}

const statusOf = async (method: string, path: string) => (await call(method, path)).status

test("every operator's call asks for the key; a runner's token is none (1.1, WD15)", async () => {
  const { runnerToken, id } = await register()
  const calls = [
    ['GET', '/'],
    ['DELETE', `/${id}`],
    ['POST', `/${id}/state`],
    ['POST', '/registration-tokens/generate'],
    ['GET', '/registration-tokens'],
    ['DELETE', '/registration-tokens/1'],
    ['GET', '/jobs'],
    ['POST', `/jobs/${randomUUID()}/cancel`],
    ['DELETE', `/jobs/${randomUUID()}`],
  ] as const
  for (const [method, path] of calls) {
    for (const authorization of ['', 'Bearer wrong', `Bearer ${runnerToken}`]) {
      const { status, body, headers } = await call(method, path, { headers: { authorization } })
      assert.deepEqual([status, body['code']], [401, 'unauthorized'], `${method} ${path}`)
      assert.equal(headers.get('www-authenticate'), 'Bearer')
    }
  }
})

test('runners are listed as the protocol says, never with their token (D-92, WD15)', async () => {
  const runner = await register({ name: 'listed', version: '8.2.0', description: 'a box' })
  await server.hold(runner)
  const { total, data } = await list('/?count=1')
  assert.ok(total >= 2)
  assert.equal(data.length, 1)
  const { lastContact, createdAt, updatedAt, stateSince, work, ...rest } = data[0] ?? {}
  assert.equal((work as { jobs: unknown[] }).jobs.length, 1)
  for (const time of [lastContact, createdAt, updatedAt, stateSince]) {
    assert.ok(!Number.isNaN(Date.parse(String(time))))
  }
  assert.deepEqual(rest, {
    id: runner.id,
    name: 'listed',
    description: 'a box',
    ip: '127.0.0.1',
    version: '8.2.0',
    local: false,
    encoders: ['libx264', 'aac'],
    slots: 1,
    jobs: 1,
    state: 'active',
    stateReason: null,
    trialAt: null,
    online: true,
  })
  const [first] = (await list('/?sort=createdAt')).data
  assert.notEqual(first?.['id'], runner.id)
  assert.deepEqual((await list('/?start=1000')).data, [])
})

test('what is wrong with a page is 400 (1.3)', async () => {
  const wrongs = [
    'start=-1',
    'start=x',
    'count=101',
    'count=-1',
    'count=1.5',
    'sort=name',
    'count=',
  ]
  for (const path of ['/', '/registration-tokens', '/jobs']) {
    for (const wrong of wrongs) assert.equal(await statusOf('GET', `${path}?${wrong}`), 400, wrong)
    assert.equal(await statusOf('GET', `${path}?count=0`), 200)
    assert.equal(await statusOf('GET', `${path}?count=100&start=5&sort=-createdAt`), 200)
  }
})

test('a runner that an operator removes gives its jobs back and is unknown (1.3, WD16)', async () => {
  const runner = await register()
  const job = await server.hold(runner)
  assert.equal(await statusOf('DELETE', `/${runner.id}`), 204)
  const { state, failures } = await server.readJob(job.uuid)
  assert.deepEqual([state, failures], ['pending', 0])
  const { runnerToken } = runner
  const answer = await server.post('/jobs/request', { runnerToken })
  assert.equal(answer.body?.['code'], 'unknown_runner_token')
  assert.equal(await statusOf('DELETE', `/${runner.id}`), 404)
  assert.equal(await statusOf('DELETE', '/nonsense'), 400)
})

test("a runner's state is an operator's to set", async () => {
  const { id } = await register()
  const json = { state: 'draining', reason: 'new disk' }
  const { status, body } = await call('POST', `/${id}/state`, { json })
  assert.deepEqual([status, body['state'], body['stateReason']], [200, 'draining', 'new disk'])
  for (const state of ['set_aside', 'nonsense']) {
    assert.equal((await call('POST', `/${id}/state`, { json: { state } })).status, 400)
  }
  const absent = await call('POST', '/999999/state', { json })
  assert.deepEqual([absent.status, absent.body['code']], [404, 'runner_not_found'])
})

test('a registration token is shown to who asks for it, once (D-90, U61)', async () => {
  const plain = await call('POST', '/registration-tokens/generate')
  assert.deepEqual([plain.status, plain.body], [204, {}])
  const headers = { prefer: 'respond-async, return=representation' }
  const {
    status,
    body,
    headers: answered,
  } = await call('POST', '/registration-tokens/generate', { headers })
  assert.equal(status, 200)
  assert.equal(answered.get('preference-applied'), 'return=representation')
  const { registrationToken, id } = body
  assert.match(String(registrationToken), /^ptrrt-[0-9a-f-]{36}$/)
  const name = `by-${String(id)}`
  const registered = await call('POST', '/register', { json: { registrationToken, name } })
  assert.equal(registered.status, 200)
  const { data } = await list('/registration-tokens')
  assert.deepEqual(
    Object.keys(data[0] ?? {}).toSorted((a, b) => a.localeCompare(b)),
    ['createdAt', 'id', 'registeredRunnersCount', 'registrationToken', 'updatedAt'],
  )
  const listed = data.find((each) => each['id'] === id)
  assert.equal(listed?.['registeredRunnersCount'], 1)
  assert.equal(listed['registrationToken'], `ptrrt-…${String(registrationToken).slice(-4)}`)
})

test('a token that is revoked is gone, and its runners stay (WD16, U61)', async () => {
  const headers = { prefer: 'return=representation' }
  const { body } = await call('POST', '/registration-tokens/generate', { headers })
  const { registrationToken, id } = body
  const json = { registrationToken, name: 'stays' }
  const first = await call('POST', '/register', { json })
  const before = await list('/registration-tokens')
  assert.equal(await statusOf('DELETE', `/registration-tokens/${String(id)}`), 204)
  assert.equal((await list('/registration-tokens')).total, before.total - 1)
  assert.equal(await statusOf('DELETE', `/registration-tokens/${String(id)}`), 404)
  assert.equal(await statusOf('DELETE', '/registration-tokens/x'), 400)
  const { runnerToken } = first.body as unknown as TestRunner
  assert.equal((await server.post('/jobs/request', { runnerToken })).status, 200)
})

test('jobs are found by uuid, type, runner, state, in every order (1.5, D-92)', async () => {
  const runner = await register({ name: 'needle_100%' })
  const held = await server.hold(runner, { priority: 77 })
  await server.order({ type: 'vod-audio-encoding', priority: 3 }, { priority: 5000 })
  const uuids = async (query: string) =>
    (await list(`/jobs?count=100&${query}`)).data.map(({ uuid }) => uuid)
  assert.deepEqual(await uuids(`search=${held.uuid}`), [held.uuid])
  assert.deepEqual(await uuids(`search=${randomUUID()}`), [])
  assert.deepEqual(await uuids('search=NEEDLE_100%25'), [held.uuid])
  assert.deepEqual(await uuids('search=needle%25'), [])
  const audio = (await list('/jobs?search=audio-enc')).data
  assert.deepEqual(new Set(audio.map(({ type }) => type)), new Set(['vod-audio-encoding']))
  assert.deepEqual(audio, (await list('/jobs?typeOneOf=vod-audio-encoding')).data)
  assert.ok((await uuids('stateOneOf=2')).includes(held.uuid))
  assert.ok(!(await uuids('stateOneOf=1&stateOneOf=3')).includes(held.uuid))
  assert.deepEqual(
    await uuids('stateOneOf[]=1&stateOneOf[]=2'),
    await uuids('stateOneOf=1&stateOneOf=2'),
  )
  assert.deepEqual(await uuids('stateOneOf[0]=2'), await uuids('stateOneOf=2'))
  const priorities = async (sort: string) =>
    (await list(`/jobs?count=100&sort=${sort}`)).data.map(({ priority }) => Number(priority))
  const rising = await priorities('priority')
  assert.deepEqual(
    rising,
    rising.toSorted((a, b) => a - b),
  )
  assert.deepEqual(await priorities('-priority'), rising.toReversed())
  for (const order of ['updatedAt', 'createdAt', 'state', 'progress']) await uuids(`sort=-${order}`)
  for (const wrong of ['stateOneOf=10', 'stateOneOf=x', 'typeOneOf=nonsense', 'sort=uuid']) {
    assert.equal(await statusOf('GET', `/jobs?${wrong}`), 400, wrong)
  }
})

test('a listed job has its private payload and parent, and no token (1.5)', async () => {
  const runner = await register()
  const job = await server.hold(runner)
  const parent = await server.readJob(job.uuid)
  const childVersion = await server.order({})
  const [child] = await server.listJobs(childVersion)
  await database
    .updateTable('jobs')
    .set({ parent_id: parent.id, private_payload: JSON.stringify({ isNewVideo: true }) })
    .where('id', '=', child?.id ?? 0)
    .execute()
  const [listed] = (await list(`/jobs?search=${child?.uuid}`)).data
  assert.deepEqual(listed?.['parent'], {
    id: parent.id,
    uuid: parent.uuid,
    type: 'vod-chunk-encoding',
    state: { id: 2, label: 'Processing' },
  })
  assert.deepEqual(listed['privatePayload'], { isNewVideo: true })
  const [holding] = (await list(`/jobs?search=${job.uuid}`)).data
  assert.ok(holding)
  assert.equal((holding['runner'] as Item)['id'], runner.id)
  assert.equal(holding['parent'], null)
  assert.ok(!JSON.stringify(holding).includes('oken'))
})

test('an operator cancels a job; what is over cannot be cancelled (D-93, 1.5)', async () => {
  const runner = await register()
  const job = await server.hold(runner)
  assert.equal(await statusOf('POST', `/jobs/${job.uuid}/cancel`), 204)
  assert.equal((await server.readJob(job.uuid)).state, 'cancelled')
  const { uuid, ...tokens } = job
  assert.equal((await server.post(`/jobs/${uuid}/update`, tokens)).status, 404)
  assert.equal(await statusOf('POST', `/jobs/${job.uuid}/cancel`), 400)
  assert.equal(await statusOf('POST', `/jobs/${randomUUID()}/cancel`), 404)
  assert.equal(await statusOf('POST', '/jobs/nonsense/cancel'), 400)
})

test('an operator deletes a job in any state, what waits for it with it (1.5)', async () => {
  const runner = await register()
  const job: HeldJob = await server.hold(runner)
  assert.equal(await statusOf('DELETE', `/jobs/${job.uuid}`), 204)
  assert.deepEqual((await list(`/jobs?search=${job.uuid}`)).data, [])
  assert.equal(await statusOf('DELETE', `/jobs/${job.uuid}`), 404)
  assert.equal(await statusOf('DELETE', '/jobs/nonsense'), 400)
})
