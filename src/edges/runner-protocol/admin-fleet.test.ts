import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, test } from 'node:test'
import { prefix, startProtocolServer } from '../../../test/support/protocol-server.ts'

const key = 'a-long-enough-key'
const server = await startProtocolServer({ after }, { adminKey: key })
const { database } = server.parts

type Item = Readonly<Record<string, unknown>>

async function call(method: string, path: string, json?: object) {
  const response = await fetch(`${server.url}${prefix}${path}`, {
    method,
    headers: {
      authorization: `Bearer ${key}`,
      ...(json ? { 'content-type': 'application/json' } : {}),
    },
    ...(json ? { body: JSON.stringify(json) } : {}),
  })
  const text = await response.text()
  return { status: response.status, body: (text === '' ? {} : JSON.parse(text)) as Item }
}

const stateOf = async (uuid: string) => (await server.readJob(uuid)).state

async function fail(versionId: string, runnerToken: string, error: object): Promise<string> {
  const [job] = await server.listJobs(versionId)
  const { uuid, jobToken } = await server.accept(job?.uuid ?? '', { id: 0, runnerToken })
  await server.post(`/jobs/${uuid}/error`, { jobToken, runnerToken, ...error })
  return uuid
}

test('a runner is shown with the jobs in its hands, how fast it was and what failed (P-75, U101)', async () => {
  const runner = await server.register()
  const started = new Date(Date.now() - 10_000)
  for (const frames of [50, 150]) {
    const { uuid } = await server.hold(runner)
    const { payload } = await server.readJob(uuid)
    await database
      .updateTable('jobs')
      .set({
        state: 'completed',
        payload: JSON.stringify({ ...payload, chunk: { firstFrame: 0, frames } }),
        started_at: started,
        finished_at: new Date(started.getTime() + 1000),
      })
      .where('uuid', '=', uuid)
      .execute()
  }
  const failed = await fail(await server.order({}), runner.runnerToken, { message: 'no encoder' })
  const held = await server.hold(runner)
  const { body } = await call('GET', `/${runner.id}`)
  const { jobs, speed, completed, failed: failures, lastFailure } = body['work'] as Item
  assert.deepEqual([completed, failures, speed], [2, 1, 4])
  const { at: _, ...last } = lastFailure as Item
  assert.deepEqual(last, { jobUuid: failed, code: 'runner_failed', message: 'no encoder' })
  const [job] = jobs as Item[]
  assert.deepEqual([job?.['uuid'], job?.['videoName'], job?.['progress']], [held.uuid, 'a', 0])
  assert.ok(!Number.isNaN(Date.parse(String(job?.['startedAt']))))
  assert.equal((await call('GET', '/999999')).status, 404)
  const { body: found } = await call('GET', `/?search=${String(body['name']).slice(0, 20)}`)
  assert.equal(found['total'], 1)
  assert.equal((await call('GET', '/?search=%25')).body['total'], 0)
})

test('a job is shown with its tries and the last lines of what failed; of a runner all are found (D-92, U101)', async () => {
  const runner = await server.register({ name: 'failing' })
  const details = { ffmpeg: ['line 1', 'line 2'] }
  const code = 'source_damaged'
  const error = { message: 'It is damaged.', code, details, retryable: false }
  const uuid = await fail(await server.order({}), runner.runnerToken, error)
  const { body } = await call('GET', `/jobs/${uuid}`)
  assert.deepEqual(body['failure'], { code, message: 'It is damaged.', details })
  const [first, ...others] = body['tries'] as Item[]
  assert.deepEqual(others, [])
  assert.deepEqual(first?.['error'], body['failure'])
  assert.deepEqual(first?.['runner'], { id: runner.id, name: 'failing' })
  assert.equal((await call('GET', `/jobs/${randomUUID()}`)).status, 404)
  const ofRunner = await call('GET', `/jobs?runnerId=${runner.id}`)
  assert.deepEqual(
    (ofRunner.body['data'] as Item[]).map((job) => job['uuid']),
    [uuid],
  )
  const counts = await call('GET', `/jobs/counts?runnerId=${runner.id}`)
  assert.deepEqual([counts.body['errored'], counts.body['pending']], [1, 0])
  const all = await call('GET', '/jobs/counts?typeOneOf=vod-chunk-encoding')
  assert.ok(Number(all.body['completed']) >= 2)
})

test('an operator cancels and has done again many jobs; what cannot be keeps none of the others (D-93, P-76, U73)', async () => {
  const [first, second] = await Promise.all([server.order({}), server.order({})])
  const [one] = await server.listJobs(first)
  const [two] = await server.listJobs(second)
  const ids = [one?.uuid ?? '', two?.uuid ?? '']
  const absent = randomUUID()
  const partly = await call('POST', '/jobs/bulk', { action: 'cancel', ids: [...ids, absent] })
  assert.equal(partly.body['success'], 2)
  assert.deepEqual((partly.body['results'] as Item[]).at(-1), {
    ...{ id: absent, success: false, code: 'job_not_found', error: 'There is no such job.' },
  })
  const again = await call('POST', '/jobs/bulk', { action: 'cancel', ids })
  assert.equal(again.body['success'], 0)
  await database.updateTable('versions').set({ plan: '{}' }).execute()
  assert.equal((await call('POST', '/jobs/bulk', { action: 'retry', ids })).body['success'], 1)
  for (const id of ids) assert.equal(await stateOf(id), 'pending')
  const refused = await call('POST', `/jobs/${ids[0]}/retry`)
  assert.deepEqual([refused.status, refused.body['code']], [409, 'job_not_retryable'])
  for (const json of [{ action: 'cancel', ids: [] }, { action: 'explode', ids }, { ids }]) {
    assert.equal((await call('POST', '/jobs/bulk', json)).status, 400)
  }
})

test('an operator drains, disables, enables and removes many runners at once (P-75, P-76, U71)', async () => {
  const [first, second] = [await server.register(), await server.register()]
  const ids = [first.id, second.id]
  const held = await server.hold(first)
  const govern = async (action: string, more: readonly number[] = []) =>
    (await call('POST', '/bulk', { action, ids: [...ids, ...more], reason: 'new disk' })).body
  assert.equal((await govern('drain'))['success'], 1)
  assert.equal((await call('GET', `/${first.id}`)).body['stateReason'], 'new disk')
  assert.equal(await stateOf(held.uuid), 'processing')
  assert.equal((await govern('disable', [999_999]))['success'], 2)
  assert.equal(await stateOf(held.uuid), 'pending')
  await govern('enable')
  assert.equal((await call('GET', `/${second.id}`)).body['state'], 'active')
  assert.equal((await govern('remove'))['success'], 1)
  const { body } = await call('GET', `/${first.id}`)
  assert.equal(body['code'], 'runner_not_found')
})
