import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { setTimeout as delay } from 'node:timers/promises'
import type { HeldJob, TestRunner, Wire } from '../support/protocol-server.ts'
import { callApi } from '../support/server-program.ts'
import { waitFor } from '../support/wait-for.ts'
import { codeOf, openFarm } from './farm.ts'

const farm = await openFarm({ after }, { servers: 2 })
const runners = await Promise.all(Array.from({ length: 6 }, () => farm.register()))

/** Each server in turn, so that no two neighbours speak to the same process. */
const wireAt = (index: number): Wire => farm.wires[index % farm.wires.length] ?? farm
const runnerAt = (index: number): TestRunner => runners[index % runners.length] as TestRunner

const byNumber = (one: number, other: number): number => one - other

/** Not to wait for anything: so that two calls meet in another order each time. */
const stumble = (atMostMs: number): Promise<void> => delay(Math.random() * atMostMs)

const succeed = ({ uuid, ...tokens }: HeldJob, index = 0) =>
  wireAt(index).post(`/jobs/${uuid}/success`, tokens)

/** A held job whose result is there; another job keeps its version from moving on. */
async function holdFinished(index: number) {
  const versionId = await farm.order({}, {})
  const [row] = await farm.listJobs(versionId)
  await farm.recordSegments(versionId, '90p', [0])
  return { ...(await farm.accept(row?.uuid ?? '', runnerAt(index))), versionId }
}

test('of runners that accept one job at two servers at once exactly one gets it, the others 409 with the code (D-53, D-54)', async () => {
  for (let round = 0; round < 25; round += 1) {
    const [job] = await farm.listJobs(await farm.order({}))
    const answers = await Promise.all(
      runners.map(({ runnerToken }, index) =>
        wireAt(index).post(`/jobs/${job?.uuid}/accept`, { runnerToken }),
      ),
    )
    const statuses = answers.map(({ status }) => status).toSorted(byNumber)
    assert.deepEqual(statuses, [200, ...runners.slice(1).map(() => 409)])
    for (const answer of answers.filter(({ status }) => status === 409)) {
      assert.equal(codeOf(answer), 'runner_job_not_in_pending_state')
    }
  }
})

test('a success that is told twice at once, at two servers, has effect once and is 204 both times (WD2)', async () => {
  for (let round = 0; round < 20; round += 1) {
    const job = await holdFinished(round)
    const answers = await Promise.all([succeed(job, 0), succeed(job, 1), succeed(job, 0)])
    assert.deepEqual(
      answers.map(({ status }) => status),
      [204, 204, 204],
    )
    assert.equal((await farm.readJob(job.uuid)).state, 'completed')
  }
})

test('two last jobs that succeed at once move their version on, once (WD2, WD6)', async () => {
  for (let round = 0; round < 10; round += 1) {
    const versionId = await farm.order({}, {})
    await farm.recordSegments(versionId, '90p', [0])
    const rows = await farm.listJobs(versionId)
    const held = await Promise.all(
      rows.map(({ uuid }, index) => farm.accept(uuid, runnerAt(index))),
    )
    const answers = await Promise.all(held.map((job, index) => succeed(job, index)))
    assert.deepEqual(
      answers.map(({ status }) => status),
      [204, 204],
    )
    assert.deepEqual(await eventsOf(versionId, 'video.packaging'), 1)
  }
})

test('a success against a cancel: completed or cancelled, and the answer says which (WD2, D-93)', async () => {
  const seen = new Set<string>()
  for (let round = 0; round < 30; round += 1) {
    const job = await holdFinished(round)
    const videoId = await videoOf(job.versionId)
    const cancelling = async () => {
      await stumble(6)
      return callApi('POST', `${wireAt(round + 1).url}/api/v1/videos/${videoId}/cancel`)
    }
    const telling = async () => {
      await stumble(6)
      return succeed(job, round)
    }
    const [cancelled, told] = await Promise.all([cancelling(), telling()])
    assert.equal(cancelled.status, 200)
    const { state } = await farm.readJob(job.uuid)
    seen.add(state)
    assert.deepEqual(
      [state, told.status],
      state === 'completed' ? [state, 204] : ['cancelled', 404],
    )
    const states = (await farm.listJobs(job.versionId)).map((row) => row.state)
    assert.equal(states[1], 'cancelled')
  }
  assert.ok(seen.size > 0)
})

test('a success against rescue by two servers: completed or pending with one failure, and the answer says which (D-108, WD3)', async () => {
  const jobs = await Promise.all(Array.from({ length: 60 }, (_, index) => holdFinished(index)))
  // Leases end at random around the moments when both servers look for lost ones.
  for (const { uuid } of jobs) {
    await farm.database
      .updateTable('jobs')
      .set({ lease_expires_at: new Date(Date.now() + Math.random() * 10_000) })
      .where('uuid', '=', uuid)
      .execute()
  }
  const answers = await Promise.all(
    jobs.map(async (job, index) => {
      await stumble(11_000)
      return succeed(job, index)
    }),
  )
  const outcomes = { completed: 0, pending: 0 }
  for (const [index, job] of jobs.entries()) {
    const { state, failures } = await farm.readJob(job.uuid)
    const isDone = answers[index]?.status === 204
    assert.deepEqual([state, failures], isDone ? ['completed', 0] : ['pending', 1])
    if (!isDone) assert.equal(answers[index]?.status, 404)
    outcomes[isDone ? 'completed' : 'pending'] += 1
  }
  assert.ok(outcomes.completed > 0 && outcomes.pending > 0, JSON.stringify(outcomes))
})

test('an error against an abort of the same job: one of them counts', async () => {
  for (let round = 0; round < 15; round += 1) {
    const { uuid, ...tokens } = await farm.hold(runnerAt(round))
    const [aborted, failed] = await Promise.all([
      wireAt(0).post(`/jobs/${uuid}/abort`, { ...tokens, reason: 'stop' }),
      wireAt(1).post(`/jobs/${uuid}/error`, { ...tokens, message: 'no' }),
    ])
    const { state, failures } = await farm.readJob(uuid)
    assert.deepEqual([aborted.status, failed.status].toSorted(byNumber), [204, 404])
    assert.deepEqual([state, failures], ['pending', failed.status === 204 ? 1 : 0])
  }
})

test('a runner that unregisters while it reports leaves no job behind that nobody holds (D-51, WD16)', async () => {
  for (let round = 0; round < 10; round += 1) {
    const runner = await farm.register()
    const { uuid, ...tokens } = await farm.hold(runner)
    await Promise.all([
      wireAt(0).post('/unregister', { runnerToken: runner.runnerToken }),
      wireAt(1).post(`/jobs/${uuid}/update`, { ...tokens, progress: 5 }),
    ])
    const row = await waitFor('a job that is free', async () => {
      const found = await farm.readJob(uuid)
      return found.state === 'pending' ? found : null
    })
    assert.deepEqual([row.runner_id, row.job_token_hash, row.failures], [null, null, 0])
  }
})

async function videoOf(versionId: string): Promise<string> {
  const { video_id } = await farm.database
    .selectFrom('versions')
    .select('video_id')
    .where('id', '=', versionId)
    .executeTakeFirstOrThrow()
  return video_id
}

async function eventsOf(versionId: string, type: string): Promise<number> {
  const rows = await farm.database
    .selectFrom('events')
    .select('id')
    .where('video_id', '=', await videoOf(versionId))
    .where('type', '=', type)
    .execute()
  return rows.length
}
