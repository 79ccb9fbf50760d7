import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { renewLeases } from '#jobs/renew-leases.ts'
import { couldOthersDo } from '#runners/others-could.ts'
import {
  type HeldJob,
  startProtocolServer,
  type TestRunner,
} from '../../test/support/protocol-server.ts'
import { releaseFromDisabled, setRunnerState } from './runner-state.ts'
import { rescueJobs } from './settle.ts'

const server = await startProtocolServer({ after })
const { parts } = server
const { database } = parts
const repetitions = 15

async function offersTo({ runnerToken }: TestRunner): Promise<string[]> {
  const { body } = await server.post('/jobs/request', {
    runnerToken,
    jobTypes: ['vod-chunk-encoding'],
  })
  const { availableJobs } = body as unknown as { availableJobs: { uuid: string }[] }
  return availableJobs.map(({ uuid }) => uuid)
}

const fail = ({ uuid, ...tokens }: HeldJob, fields: object = {}) =>
  server.post(`/jobs/${uuid}/error`, { ...tokens, message: 'no', ...fields })

/** Does one job as ordered. */
async function succeed(runner: TestRunner): Promise<void> {
  const job = await server.hold(runner)
  await server.recordSegments(job.versionId, '90p', [0])
  const { uuid, ...tokens } = job
  assert.equal((await server.post(`/jobs/${uuid}/success`, tokens)).status, 204)
}

async function failQuickly(runner: TestRunner, times: number): Promise<void> {
  for (let failed = 0; failed < times; failed += 1) await fail(await server.hold(runner))
}

const readRunner = ({ id }: TestRunner) =>
  database.selectFrom('runners').selectAll().where('id', '=', id).executeTakeFirstOrThrow()

const endPause = ({ id }: TestRunner) =>
  database
    .updateTable('runners')
    .set({ trial_at: new Date(0) })
    .where('id', '=', id)
    .execute()

/** The job may be tried again at once. */
const endRest = ({ uuid }: HeldJob) =>
  database
    .updateTable('jobs')
    .set({ not_before: new Date(0) })
    .where('uuid', '=', uuid)
    .execute()

/** Nobody else is there. */
async function sendOthersAway(...stay: TestRunner[]): Promise<void> {
  await database
    .updateTable('runners')
    .set({ last_contact_at: new Date(0), socket_seen_at: null })
    .where('id', 'not in', [0, ...stay.map(({ id }) => id)])
    .execute()
}

test('a draining runner is given nothing and finishes what it has', async () => {
  const runner = await server.register()
  const job = await server.hold(runner)
  const versionId = await server.order({})
  await setRunnerState(parts, runner.id, { state: 'draining', reason: 'new disk' })
  assert.deepEqual(await offersTo(runner), [])
  const [waiting] = await server.listJobs(versionId)
  const refused = await server.post(`/jobs/${waiting?.uuid}/accept`, runner)
  assert.deepEqual(
    [refused.status, refused.body?.['code']],
    [409, 'runner_job_not_in_pending_state'],
  )
  await server.recordSegments(job.versionId, '90p', [0])
  const { uuid, ...tokens } = job
  assert.equal((await server.post(`/jobs/${uuid}/success`, tokens)).status, 204)
  assert.equal((await readRunner(runner)).state, 'draining')
  await setRunnerState(parts, runner.id, { state: 'active' })
  assert.ok((await offersTo(runner)).includes(waiting?.uuid ?? ''))
})

test('a disabled runner loses its jobs at once, and no failure is counted', async () => {
  const runner = await server.register()
  const job = await server.hold(runner)
  await setRunnerState(parts, runner.id, { state: 'disabled' })
  const { state, failures } = await server.readJob(job.uuid)
  assert.deepEqual([state, failures], ['pending', 0])
  assert.deepEqual(await offersTo(runner), [])
  assert.equal((await fail(job)).status, 404)
})

test('a runner that is disabled while it accepts holds nothing in the end', async () => {
  const runner = await server.register()
  for (let repetition = 0; repetition < repetitions; repetition += 1) {
    await setRunnerState(parts, runner.id, { state: 'active' })
    const [job] = await server.listJobs(await server.order({}))
    const uuid = job?.uuid ?? ''
    await Promise.all([
      server.post(`/jobs/${uuid}/accept`, runner),
      setRunnerState(parts, runner.id, { state: 'disabled' }),
    ])
    await releaseFromDisabled(parts)
    const { state, failures } = await server.readJob(uuid)
    assert.deepEqual([state, failures], ['pending', 0])
  }
})

test('a runner that fails fast and often is set aside, and a trial brings it back (security 3)', async () => {
  const [bad, good] = [await server.register(), await server.register()]
  await sendOthersAway(bad, good)
  await succeed(good)
  await failQuickly(bad, 5)
  const aside = await readRunner(bad)
  assert.equal(aside.state, 'set_aside')
  assert.match(aside.state_reason ?? '', /no$/)
  assert.deepEqual(await offersTo(bad), [])
  await endPause(bad)
  const [first = '', second = ''] = await offersTo(bad)
  const answers = await Promise.all(
    [first, second].map((uuid) => server.post(`/jobs/${uuid}/accept`, bad)),
  )
  assert.deepEqual(new Set(answers.map(({ status }) => status)), new Set([200, 409]))
  assert.deepEqual(await offersTo(bad), [])
  const won = answers.find(({ status }) => status === 200)
  assert.ok(won)
  const { job } = won.body as unknown as { job: HeldJob }
  await fail({ ...bad, uuid: job.uuid, jobToken: job.jobToken })
  const longer = await readRunner(bad)
  assert.deepEqual([longer.state, longer.set_asides], ['set_aside', 2])
  assert.ok((longer.trial_at ?? 0) > new Date(Date.now() + 100_000))
  await endPause(bad)
  await succeed(bad)
  const back = await readRunner(bad)
  assert.deepEqual([back.state, back.set_asides], ['active', 0])
})

test('an operator brings a runner back at once', async () => {
  const [bad, good] = [await server.register(), await server.register()]
  await succeed(good)
  await failQuickly(bad, 5)
  assert.equal((await readRunner(bad)).state, 'set_aside')
  await setRunnerState(parts, bad.id, { state: 'active' })
  assert.ok((await offersTo(bad)).length > 0)
})

test('one runner alone does not use up the tries of a job that others could do', async () => {
  const [bad, good] = [await server.register(), await server.register()]
  await sendOthersAway(bad, good)
  await succeed(good)
  const job = await server.hold(bad)
  let held: HeldJob = job
  for (let failures = 1; failures <= 7; failures += 1) {
    await fail(held)
    await endRest(job)
    if (failures < 7) held = await server.accept(job.uuid, bad)
  }
  assert.equal((await server.readJob(job.uuid)).state, 'pending')
  // Another fails at it as well: it is the job.
  await fail(await server.accept(job.uuid, good))
  assert.equal((await server.readJob(job.uuid)).state, 'errored')
})

test('what a runner that is set aside failed at does not count, but alone it comes to an end', async () => {
  const [bad, good] = [await server.register(), await server.register()]
  await sendOthersAway(bad, good)
  await succeed(good)
  const job = await server.hold(bad)
  await fail(job)
  await failQuickly(bad, 4)
  assert.equal((await readRunner(bad)).state, 'set_aside')
  const failOnce = async () => {
    await endRest(job)
    await endPause(bad)
    await fail(await server.accept(job.uuid, bad))
  }
  for (let trial = 0; trial < 6; trial += 1) await failOnce()
  assert.equal((await server.readJob(job.uuid)).state, 'pending')
  await sendOthersAway(bad)
  assert.equal(await couldOthersDo(database, { besides: bad.id }), false)
  await failOnce()
  const { state, error } = await server.readJob(job.uuid)
  assert.deepEqual([state, error?.['message']], ['errored', 'no'])
})

test('a runner that lost its server costs the job no try', async () => {
  const runner = await server.register()
  await sendOthersAway(runner)
  const job = await server.hold(runner)
  let held: HeldJob = job
  for (let failures = 1; failures <= 6; failures += 1) {
    await fail(held, { code: 'server_unreachable' })
    await endRest(job)
    held = await server.accept(job.uuid, runner)
  }
  assert.equal((await readRunner(runner)).state, 'active')
  for (let failures = 1; failures <= 4; failures += 1) {
    await fail(held)
    assert.equal((await server.readJob(job.uuid)).state, 'pending')
    await endRest(job)
    held = await server.accept(job.uuid, runner)
  }
  await fail(held)
  assert.equal((await server.readJob(job.uuid)).state, 'errored')
})

test('a lease that ended while no server was there is renewed once', async () => {
  const job = await server.hold(await server.register())
  const endLease = () =>
    database
      .updateTable('jobs')
      .set({ lease_expires_at: new Date(0) })
      .where('uuid', '=', job.uuid)
      .execute()
  await endLease()
  assert.ok((await renewLeases(database, 120)) >= 1)
  await rescueJobs(parts)
  assert.equal((await server.readJob(job.uuid)).state, 'processing')
  await endLease()
  await rescueJobs(parts)
  assert.equal((await server.readJob(job.uuid)).failures, 1)
})

test('what one runner claims of a file is looked into by another, and what two find is final', async () => {
  const [first, second] = [await server.register(), await server.register()]
  await sendOthersAway(first, second)
  await succeed(first)
  await succeed(second)
  const damaged = { code: 'source_damaged' }
  const job = await server.hold(first)
  await fail(job, damaged)
  assert.equal((await server.readJob(job.uuid)).state, 'pending')
  await endRest(job)
  await fail(await server.accept(job.uuid, second), damaged)
  assert.equal((await server.readJob(job.uuid)).error?.['code'], 'source_damaged')
  assert.equal((await server.readVersion(job.versionId)).state, 'failed')
  // Alone its word is all there is.
  await sendOthersAway(first)
  const alone = await server.hold(first)
  await fail(alone, damaged)
  assert.equal((await server.readJob(alone.uuid)).state, 'errored')
})

test('a runner that does other work is no reason to doubt the only one that does this', async () => {
  const [only, other] = [await server.register(), await server.register()]
  await sendOthersAway(only, other)
  await succeed(other)
  const job = await server.hold(only, { type: 'video-transcription', encoders: [] })
  await fail(job, { retryable: false })
  assert.equal((await server.readJob(job.uuid)).state, 'errored')
})
