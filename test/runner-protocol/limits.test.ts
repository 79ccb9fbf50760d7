import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, test } from 'node:test'
import type { Answer, HeldJob } from '../support/protocol-server.ts'
import { codeOf, openFarm } from './farm.ts'

const farm = await openFarm({ after })
const { registrationToken } = farm
const runner = await farm.register()

/** Texts of a length. */
const long = (length: number): string => 'x'.repeat(length)

const say = (job: HeldJob, verb: string, fields: object): Promise<Answer> => {
  const { uuid, ...tokens } = job
  return farm.post(`/jobs/${uuid}/${verb}`, { ...tokens, ...fields })
}

async function statusesOf(path: string, bodies: readonly object[]): Promise<number[]> {
  const statuses: number[] = []
  for (const body of bodies) statuses.push((await farm.post(path, body)).status)
  return statuses
}

test('what registers is measured: names to 100, descriptions to 1000, tokens to 1000, versions in one shape (D-50, D-109)', async () => {
  const good = { registrationToken, name: randomUUID() }
  const bad: object[] = [
    { registrationToken },
    { name: 'a' },
    { ...good, registrationToken: '' },
    { ...good, registrationToken: long(1001) },
    { ...good, name: '' },
    { ...good, name: long(101) },
    { ...good, name: 7 },
    { ...good, description: '' },
    { ...good, description: long(1001) },
    { ...good, version: '1.2' },
    { ...good, version: 'v1.2.3' },
    { ...good, version: '1.2.3-gamma.1' },
  ]
  assert.deepEqual(
    await statusesOf('/register', bad),
    bad.map(() => 400),
  )
  const edges: object[] = [
    { ...good, name: long(100), description: long(1000) },
    { ...good, version: '8.2.1-rc.1' },
  ]
  assert.deepEqual(await statusesOf('/register', edges), [200, 200])
  const unknown = { ...good, registrationToken: long(1000), name: randomUUID() }
  assert.deepEqual(await statusesOf('/register', [unknown]), [404])
})

test('what asks for work is measured (D-52, D-109)', async () => {
  const { runnerToken } = runner
  const bad: object[] = [
    {},
    { runnerToken: '' },
    { runnerToken: long(1001) },
    { runnerToken, version: '6' },
    { runnerToken, jobTypes: 'video-transcription' },
  ]
  assert.deepEqual(
    await statusesOf('/jobs/request', bad),
    bad.map(() => 400),
  )
  const good: object[] = [
    { runnerToken },
    { runnerToken, version: '0.6.0' },
    { runnerToken, jobTypes: [] },
    { runnerToken, jobTypes: ['vod-from-the-future'], unknownField: true },
  ]
  assert.deepEqual(
    await statusesOf('/jobs/request', good),
    good.map(() => 200),
  )
})

test('a job is checked in the order of the protocol: shape, then holder, then state, then the fields (D-60, D-109)', async () => {
  const job = await farm.hold(runner)
  const tokens = { runnerToken: job.runnerToken, jobToken: job.jobToken }
  const nonsense = await farm.post('/jobs/nonsense/abort', { ...tokens, reason: 'stop' })
  const strange = await farm.post(`/jobs/${randomUUID()}/abort`, { ...tokens, reason: 'stop' })
  const tokenless = await farm.post(`/jobs/${job.uuid}/abort`, { reason: 'stop' })
  assert.deepEqual([nonsense.status, strange.status, tokenless.status], [400, 404, 400])
  assert.notEqual(codeOf(strange), 'unknown_runner_token')
  await farm.recordSegments(job.versionId, '90p', [0])
  assert.equal((await say(job, 'success', {})).status, 204)
  for (const [verb, fields] of [
    ['abort', { reason: 'stop' }],
    ['error', { message: 'no' }],
  ] as const) {
    const over = await say(job, verb, fields)
    assert.deepEqual([over.status, codeOf(over)], [400, 'runner_job_not_in_processing_state'])
  }
})

test('reasons and messages have 1 to 5000 characters, progress is a whole number from 0 to 100 (D-109)', async () => {
  const job = await farm.hold(runner)
  const before = await farm.readJob(job.uuid)
  const bad = [
    ['abort', {}],
    ['abort', { reason: '' }],
    ['abort', { reason: long(5001) }],
    ['error', {}],
    ['error', { message: '' }],
    ['update', { progress: -1 }],
    ['update', { progress: 101 }],
    ['update', { progress: 1.5 }],
    ['update', { progress: 'half' }],
    ['update', { payload: { type: 'add-chunk' } }],
  ] as const
  for (const [verb, fields] of bad) {
    assert.deepEqual([verb, fields, (await say(job, verb, fields)).status], [verb, fields, 400])
  }
  assert.deepEqual(await farm.readJob(job.uuid), before)
  for (const progress of [0, 100]) {
    assert.equal((await say(job, 'update', { progress })).status, 204)
  }
  assert.equal((await say(job, 'error', { message: long(5000) })).status, 204)
})

test('late progress of a completed job is 204 and changes nothing (D-109)', async () => {
  const job = await farm.hold(runner)
  await farm.recordSegments(job.versionId, '90p', [0])
  assert.equal((await say(job, 'success', {})).status, 204)
  const before = await farm.readJob(job.uuid)
  assert.equal((await say(job, 'update', { progress: 7 })).status, 204)
  assert.deepEqual(await farm.readJob(job.uuid), before)
})

test('every refusal is a problem document that old and new runners can read (D-54, D-103)', async () => {
  const { runnerToken } = runner
  const held = await farm.hold(runner)
  const answers = [
    await farm.post('/register', { registrationToken, name: '' }),
    await farm.post('/register', { registrationToken: 'ptrrt-no', name: randomUUID() }),
    await farm.post('/jobs/request', { runnerToken: 'ptrt-no' }),
    await farm.post(`/jobs/${held.uuid}/accept`, { runnerToken }),
    await farm.post(`/jobs/${held.uuid}/update`, { runnerToken, jobToken: 'ptrjt-no' }),
    await farm.post('/jobs/nonsense/success', { runnerToken, jobToken: 'ptrjt-no' }),
    await farm.post('/nothing/here', {}),
  ]
  for (const { status, body, headers } of answers) {
    assert.match(headers.get('content-type') ?? '', /^application\/problem\+json/)
    const { detail, error, type } = body as unknown as Record<string, string>
    assert.equal(body?.['status'], status)
    assert.ok(detail && type)
    // Runners of before 7.0 print this one.
    assert.equal(error, detail)
  }
  const codes = answers.map(codeOf)
  assert.equal(codes[2], 'unknown_runner_token')
  assert.equal(codes[3], 'runner_job_not_in_pending_state')
  assert.deepEqual(
    answers.map(({ status }) => status),
    [400, 404, 404, 409, 404, 400, 404],
  )
})

test('a form whose body is cut, or too deep, or full of strange names is refused and the server lives', async () => {
  const job = await farm.hold(runner)
  const url = `${farm.url}/api/v1/runners/jobs/${job.uuid}/update`
  const type = 'multipart/form-data; boundary=b'
  const bodies = [
    '--b\r\nContent-Disposition: form-data; name="progress"\r\n\r\n5',
    '--b\r\nContent-Disposition: form-data; name="payload[__proto__][x]"\r\n\r\n5\r\n--b--\r\n',
    '--b\r\nContent-Disposition: form-data; name="a[b"\r\n\r\n5\r\n--b--\r\n',
    'nothing of the kind',
  ]
  for (const body of bodies) {
    const response = await fetch(url, { method: 'POST', headers: { 'content-type': type }, body })
    assert.equal(response.status, 400, body)
  }
  assert.equal((await say(job, 'update', { progress: 1 })).status, 204)
})
