import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { setPolicies } from '#policies/set.ts'
import { openTestParts } from '../../../test/support/parts.ts'
import { startProtocolServer } from '../../../test/support/protocol-server.ts'
import { insertVideoRows } from '../../../test/support/video-rows.ts'
import { waitFor } from '../../../test/support/wait-for.ts'
import type { Parts } from '../parts.ts'
import { runStep } from '../run-step.ts'
import { failJob } from '../settle.ts'
import { startJourney } from '../start-journey.ts'
import type { StepState } from '../states.ts'
import { loadVersion } from '../version.ts'
import { removeSilentRunners } from './remove-silent-runners.ts'

const attempt = { last: true, crashes: 0, signal: new AbortController().signal }

async function openHeld(t: TestContext, state: StepState) {
  const parts = await openTestParts(t)
  const { versionId } = await insertVideoRows(parts.database, { state })
  const gate = state === 'probing' || state === 'planning' ? 'ingestEnabled' : 'exportEnabled'
  await setPolicies(parts.database, { [gate]: false }, 'test')
  await runStep(parts, state, versionId, attempt)
  return { parts, versionId, gate }
}

/** What is queued of a step, however often it was tried. */
async function readState(parts: Parts, versionId: string) {
  const { state, held_by: heldBy } = await loadVersion(parts.database, versionId)
  return { state, heldBy }
}

for (const [state, row] of [
  ['probing', 'P-30'],
  ['planning', 'P-30'],
  ['packaging', 'P-32'],
  ['publishing', 'P-32'],
] as const) {
  test(`a policy keeps ${state} from starting: the version waits in its row and uses up no try (${row}, U76)`, async (t) => {
    const { parts, versionId, gate } = await openHeld(t, state)
    // The step would have failed for good: there is no source and no plan, and it was its last try.
    assert.deepEqual(await readState(parts, versionId), { state, heldBy: gate })
  })
}

test('what waited goes on at once when the policy is on again, changed by whatever program (P-30, U70, U76)', async (t) => {
  const { parts, versionId } = await openHeld(t, 'probing')
  const other = await insertVideoRows(parts.database, { state: 'packaging' })
  await setPolicies(parts.database, { exportEnabled: 'no' }, 'test')
  await runStep(parts, 'packaging', other.versionId, attempt)
  t.after(await startJourney(parts))
  await setPolicies(parts.database, { ingestEnabled: 'yes' }, 'test')
  await waitFor('the step to have been done', async () => {
    const { state } = await readState(parts, versionId)
    // There is no source.
    return state === 'failed'
  })
  assert.equal((await readState(parts, versionId)).heldBy, null)
  const waiting = await readState(parts, other.versionId)
  assert.deepEqual(waiting, { state: 'packaging', heldBy: 'exportEnabled' })
})

async function addRunner(parts: Parts, name: string, about: object): Promise<number> {
  const { id } = await parts.database
    .insertInto('runners')
    .values({ name, token_hash: Buffer.from(name), temporary: true, ...about })
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}

const ago = (seconds: number) => new Date(Date.now() - seconds * 1000)

test('a runner of one run that is silent for nodeTimeout is removed; a busy one, one with an account and one that is there are not (P-34, WP2)', async (t) => {
  const parts = await openTestParts(t)
  const { versionId } = await insertVideoRows(parts.database)
  await addRunner(parts, 'silent', { last_contact_at: ago(1000) })
  await addRunner(parts, 'with an account', { last_contact_at: ago(1000), temporary: false })
  await addRunner(parts, 'heard of', { last_contact_at: ago(800) })
  await addRunner(parts, 'connected', { last_contact_at: ago(1000), socket_seen_at: ago(20) })
  const busy = await addRunner(parts, 'busy', { last_contact_at: ago(1000) })
  await parts.database
    .insertInto('jobs')
    .values({
      uuid: versionId,
      version_id: versionId,
      type: 'vod-chunk-encoding',
      state: 'processing',
      priority: 1,
      label: 'chunk 1',
      payload: '{}',
      encoders: '[]',
      runner_id: busy,
    })
    .execute()
  const list = async () => {
    const rows = await parts.database.selectFrom('runners').select('name').orderBy('id').execute()
    return rows.map(({ name }) => name)
  }
  await removeSilentRunners(parts, new Date(Date.now() + 60_000))
  assert.equal((await list()).length, 5, 'a server that has just started waits for them')
  await removeSilentRunners(parts, ago(0))
  assert.deepEqual(await list(), ['with an account', 'heard of', 'connected', 'busy'])
  await setPolicies(parts.database, { nodeTimeout: 0 }, 'test')
  await addRunner(parts, 'silent', { last_contact_at: ago(100_000) })
  await removeSilentRunners(parts, ago(0))
  assert.equal((await list()).length, 5)
})

test('a job fails for good at failureTolerance failures, whatever the settings say; below that it is tried again (P-36)', async (t) => {
  const server = await startProtocolServer(t)
  await setPolicies(server.parts.database, { failureTolerance: 2 }, 'test')
  const runner = await server.register()
  const job = await server.hold(runner)
  await failJob(server.parts, job, { message: 'first' })
  assert.equal((await server.readJob(job.uuid)).state, 'pending')
  await server.parts.database
    .updateTable('jobs')
    .set({ not_before: new Date(0) })
    .where('uuid', '=', job.uuid)
    .execute()
  await failJob(server.parts, await server.accept(job.uuid, runner), { message: 'second' })
  assert.equal((await server.readJob(job.uuid)).state, 'errored')
  assert.equal((await server.readVersion(job.versionId)).state, 'failed')
})

test('while transcodeEnabled is off no runner is offered a job, nor gets one that it was offered before; who works goes on (P-31)', async (t) => {
  const server = await startProtocolServer(t)
  const runner = await server.register()
  const held = await server.hold(runner)
  const versionId = await server.order({})
  const [waiting] = await server.listJobs(versionId)
  await setPolicies(server.parts.database, { transcodeEnabled: 'no' }, 'test')
  const { runnerToken } = runner
  const jobTypes = ['vod-chunk-encoding']
  const offers = await server.post('/jobs/request', { runnerToken, jobTypes })
  assert.deepEqual(offers.body, { availableJobs: [] })
  const late = await server.post(`/jobs/${waiting?.uuid}/accept`, { runnerToken })
  assert.equal(late.status, 409)
  const { uuid, jobToken } = held
  const sign = await server.post(`/jobs/${uuid}/update`, { runnerToken, jobToken, progress: 50 })
  assert.equal(sign.status, 204)
  await setPolicies(server.parts.database, { transcodeEnabled: 'yes' }, 'test')
  const again = await server.post(`/jobs/${waiting?.uuid}/accept`, { runnerToken })
  assert.equal(again.status, 200)
})
