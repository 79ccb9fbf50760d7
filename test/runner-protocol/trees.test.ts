import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { type HeldJob, prefix, type TestRunner } from '../support/protocol-server.ts'
import { callApi } from '../support/server-program.ts'
import { waitFor } from '../support/wait-for.ts'
import { openFarm } from './farm.ts'
import { transcriptJob as job, sendTranscript } from './transcripts.ts'

const farm = await openFarm({ after }, { servers: 2, env: { RUNNER_MAX_FAILURE: '2' } })
const runner = await farm.register()

/** A parent, two children, and a child of the second; one job more keeps the version busy. */
async function orderTree() {
  const versionId = await farm.order(
    job,
    { ...job, parent: 0 },
    { ...job, parent: 0 },
    { ...job, parent: 2 },
    {},
  )
  const rows = await farm.listJobs(versionId)
  return { versionId, uuids: rows.map(({ uuid }) => uuid) }
}

const statesOf = async (versionId: string): Promise<string[]> =>
  (await farm.listJobs(versionId)).slice(0, 4).map(({ state }) => state)

const whenStates = (versionId: string, expected: readonly string[]) =>
  waitFor(expected.join(), async () => (await statesOf(versionId)).join() === expected.join())

async function offeredTo({ runnerToken }: TestRunner): Promise<string[]> {
  const jobTypes = [job.type]
  const { body } = await farm.post('/jobs/request', { runnerToken, jobTypes })
  const { availableJobs } = body as unknown as { availableJobs: { uuid: string }[] }
  return availableJobs.map(({ uuid }) => uuid)
}

const failOnce = async ({ uuid, ...tokens }: HeldJob): Promise<void> => {
  const { status } = await farm.post(`/jobs/${uuid}/error`, { ...tokens, message: 'no' })
  assert.equal(status, 204)
}

const waiting = ['waiting_for_parent', 'waiting_for_parent', 'waiting_for_parent']

test('children wait, are offered to nobody, and are released when their parent is completed, level by level (D-41, D-48, D-58)', async () => {
  const { versionId, uuids } = await orderTree()
  const [parent = '', first = '', second = '', grandchild = ''] = uuids
  assert.deepEqual(await statesOf(versionId), ['pending', ...waiting])
  assert.deepEqual(await offeredTo(runner), [parent])
  const early = await farm.post(`/jobs/${first}/accept`, { runnerToken: runner.runnerToken })
  assert.deepEqual([early.status, early.body?.['code']], [409, 'runner_job_not_in_pending_state'])

  assert.equal((await sendTranscript(farm, await farm.accept(parent, runner))).status, 204)
  await whenStates(versionId, ['completed', 'pending', 'pending', 'waiting_for_parent'])
  assert.deepEqual(await offeredTo(runner), [first, second])
  assert.equal((await sendTranscript(farm, await farm.accept(second, runner))).status, 204)
  await whenStates(versionId, ['completed', 'pending', 'completed', 'pending'])
  assert.deepEqual(await offeredTo(runner), [first, grandchild])
  await cancelAll(versionId)
})

test('what waits for a job that failed for good fails with it, and its version (D-56, WD13)', async () => {
  const { versionId, uuids } = await orderTree()
  const [parent = ''] = uuids
  await failOnce(await farm.accept(parent, runner))
  assert.deepEqual(await statesOf(versionId), ['pending', ...waiting])
  await waitFor('the end of its rest', async () => (await offeredTo(runner)).includes(parent))
  await failOnce(await farm.accept(parent, runner))
  const gone = ['parent_errored', 'parent_errored', 'parent_errored']
  assert.deepEqual(await statesOf(versionId), ['errored', ...gone])
  assert.equal((await farm.readVersion(versionId)).state, 'failed')
})

test('children that were cancelled stay so when their parent is completed (WD2)', async () => {
  const { versionId, uuids } = await orderTree()
  const [parent = '', first = ''] = uuids
  const held = await farm.accept(parent, runner)
  await farm.database
    .updateTable('jobs')
    .set({ state: 'cancelled' })
    .where('uuid', '=', first)
    .execute()
  assert.equal((await sendTranscript(farm, held)).status, 204)
  await whenStates(versionId, ['completed', 'cancelled', 'pending', 'waiting_for_parent'])
  await cancelAll(versionId)
})

test('a cancelled video takes the whole tree with it, also a parent in somebody’s hands (D-93)', async () => {
  const { versionId, uuids } = await orderTree()
  const held = await farm.accept(uuids[0] ?? '', runner)
  await cancelAll(versionId)
  assert.deepEqual(
    await statesOf(versionId),
    Array.from({ length: 4 }, () => 'cancelled'),
  )
  assert.equal((await sendTranscript(farm, held)).status, 404)
  assert.deepEqual(
    await statesOf(versionId),
    Array.from({ length: 4 }, () => 'cancelled'),
  )
})

test('a parent that is completed against a cancelled tree: either all of it or none (WD2)', async () => {
  for (let round = 0; round < 15; round += 1) {
    const { versionId, uuids } = await orderTree()
    const held = await farm.accept(uuids[0] ?? '', runner)
    const [told] = await Promise.all([
      sendTranscript(farm.wires[round % 2] ?? farm, held),
      cancelAll(versionId),
    ])
    assert.ok(told.status === 204 || told.status === 404)
    // Of a job that was completing when the video was cancelled nothing may come back to life.
    const states = await waitFor('a tree at rest', async () => {
      const found = await statesOf(versionId)
      return found.includes('completing') ? null : found
    })
    assert.ok(['completed', 'cancelled'].includes(states[0] ?? ''), states.join())
    assert.deepEqual(states.slice(1), ['cancelled', 'cancelled', 'cancelled'])
    assert.equal((await farm.readVersion(versionId)).state, 'cancelled')
  }
})

test('a job that an operator cancels takes with it what waits for it, once; deleted, all are gone (D-93)', async () => {
  const { uuids, versionId } = await orderTree()
  const [parent = ''] = uuids
  const held = await farm.accept(parent, runner)
  const cancel = () => callApi('POST', `${farm.url}${prefix}/jobs/${parent}/cancel`)
  assert.equal((await cancel()).status, 204)
  const gone = ['parent_cancelled', 'parent_cancelled', 'parent_cancelled']
  assert.deepEqual(await statesOf(versionId), ['cancelled', ...gone])
  assert.equal((await cancel()).status, 400)
  assert.equal((await sendTranscript(farm, held)).status, 404)
  const deleted = await callApi('DELETE', `${farm.url}${prefix}/jobs/${parent}`)
  assert.equal(deleted.status, 204)
  const left = (await farm.listJobs(versionId)).map(({ uuid }) => uuid)
  assert.ok(uuids.slice(0, 4).every((uuid) => !left.includes(uuid)))
})

test('an operator cancels a job against its success: one of the two, and its children follow that one (D-93, WD2)', async () => {
  for (let round = 0; round < 15; round += 1) {
    const { uuids, versionId } = await orderTree()
    const [parent = ''] = uuids
    const held = await farm.accept(parent, runner)
    const [cancelled, told] = await Promise.all([
      callApi('POST', `${farm.url}${prefix}/jobs/${parent}/cancel`),
      sendTranscript(farm.wires[1] ?? farm, held),
    ])
    const states = await waitFor('a tree at rest', async () => {
      const found = await statesOf(versionId)
      return found.includes('completing') ? null : found
    })
    if (told.status === 204) {
      assert.equal(cancelled.status, 400)
      assert.deepEqual(states, ['completed', 'pending', 'pending', 'waiting_for_parent'])
      await cancelAll(versionId)
    } else {
      assert.deepEqual([told.status, cancelled.status], [404, 204])
      const gone = ['parent_cancelled', 'parent_cancelled', 'parent_cancelled']
      assert.deepEqual(states, ['cancelled', ...gone])
    }
  }
})

async function cancelAll(versionId: string): Promise<void> {
  const { video_id } = await farm.database
    .selectFrom('versions')
    .select('video_id')
    .where('id', '=', versionId)
    .executeTakeFirstOrThrow()
  const { status } = await callApi('POST', `${farm.url}/api/v1/videos/${video_id}/cancel`)
  assert.equal(status, 200)
}
