import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { type HeldJob, startProtocolServer } from '../../../test/support/protocol-server.ts'

const server = await startProtocolServer({ after })
const runner = await server.register()

const say = (job: HeldJob, verb: string, fields: object = {}) => {
  const { uuid, ...tokens } = job
  return server.post(`/jobs/${uuid}/${verb}`, { ...tokens, ...fields })
}

const verbs = [
  ['abort', { reason: 'stop' }],
  ['update', { progress: 1 }],
  ['error', { message: 'no' }],
  ['success', {}],
] as const

test('only the holder of a job may say anything about it (D-60, WD1)', async () => {
  const job = await server.hold(runner)
  const stranger = await server.register()
  const before = await server.readJob(job.uuid)
  for (const [verb, fields] of verbs) {
    const wrongs = [
      { ...job, jobToken: 'ptrjt-wrong' },
      { ...job, runnerToken: stranger.runnerToken },
      { ...job, runnerToken: 'ptrt-unknown' },
      { ...job, uuid: (await server.hold(runner)).uuid },
    ]
    for (const wrong of wrongs) {
      const { status, body } = await say(wrong, verb, fields)
      assert.equal(status, 404, verb)
      assert.notEqual(body?.['code'], 'unknown_runner_token')
    }
    assert.equal((await say({ ...job, jobToken: '' }, verb, fields)).status, 400)
  }
  assert.deepEqual(await server.readJob(job.uuid), before)
})

test('an update keeps progress and renews the lease, with or without progress (D-57, D-105)', async () => {
  const job = await server.hold(runner)
  const first = await server.readJob(job.uuid)
  assert.equal((await say(job, 'update', { progress: 53 })).status, 204)
  const second = await server.readJob(job.uuid)
  assert.ok(Math.abs(second.progress - 0.53) < 1e-6)
  assert.ok((second.lease_expires_at ?? 0) > (first.lease_expires_at ?? 0))
  const { uuid, ...tokens } = job
  const form = new FormData()
  for (const [name, value] of Object.entries(tokens)) form.append(name, value)
  assert.equal((await server.post(`/jobs/${uuid}/update`, form)).status, 204)
  const third = await server.readJob(job.uuid)
  assert.equal(third.progress, second.progress)
  assert.ok((third.lease_expires_at ?? 0) > (second.lease_expires_at ?? 0))
})

test('what is out of range is refused and changes nothing (D-109)', async () => {
  const job = await server.hold(runner)
  const before = await server.readJob(job.uuid)
  const refused = [
    ['update', { progress: 101 }],
    ['update', { progress: 0.5 }],
    ['update', { payload: { type: 'add-chunk' } }],
    ['abort', {}],
    ['abort', { reason: 'r'.repeat(5001) }],
    ['error', { message: '' }],
    ['error', { message: 'm'.repeat(5001) }],
  ] as const
  for (const [verb, fields] of refused) assert.equal((await say(job, verb, fields)).status, 400)
  assert.deepEqual(await server.readJob(job.uuid), before)
})

test('an aborted job is pending again with no failure counted, and its token is dead (D-55, D-106)', async () => {
  const job = await server.hold(runner)
  assert.equal((await say(job, 'abort', { reason: 'Runner stopped' })).status, 204)
  const row = await server.readJob(job.uuid)
  assert.equal(row.state, 'pending')
  assert.equal(row.failures, 0)
  assert.equal(row.job_token_hash, null)
  assert.equal(row.started_at, null)
  assert.equal((await say(job, 'update', { progress: 1 })).status, 404)
})

test('a failed job is tried again until the limit, then it and its version fail (D-56)', async () => {
  const job = await server.hold(runner)
  let held: HeldJob = job
  for (let failures = 1; failures <= 5; failures += 1) {
    assert.equal((await say(held, 'error', { message: `failure ${failures}` })).status, 204)
    const row = await server.readJob(job.uuid)
    assert.equal(row.failures, failures)
    if (failures === 5) break
    assert.equal(row.state, 'pending')
    assert.ok(row.not_before > new Date())
    await server.parts.database
      .updateTable('jobs')
      .set({ not_before: new Date(0) })
      .where('uuid', '=', job.uuid)
      .execute()
    held = await server.accept(job.uuid, runner)
  }
  const row = await server.readJob(job.uuid)
  assert.equal(row.state, 'errored')
  assert.equal(row.error?.['message'], 'failure 5')
  const version = await server.readVersion(job.versionId)
  assert.equal(version.state, 'failed')
})

test('what is wrong with the media is final at once; what is wrong with a runner is not', async () => {
  const damaged = await server.hold(runner)
  await say(damaged, 'error', { message: 'bad frames', code: 'source_damaged' })
  assert.equal((await server.readJob(damaged.uuid)).state, 'errored')
  const differs = await server.hold(runner)
  await say(differs, 'error', { message: 'other x264', code: 'parameter_sets_differ' })
  assert.equal((await server.readJob(differs.uuid)).state, 'pending')
  const unknown = await server.hold(runner)
  await say(unknown, 'error', { message: 'odd', code: 'constructor' })
  assert.equal((await server.readJob(unknown.uuid)).state, 'pending')
})

test('a success without its segments is refused, and the job goes on', async () => {
  const job = await server.hold(runner)
  const { status, body } = await say(job, 'success')
  assert.equal(status, 400)
  assert.equal(body?.['code'], 'result_incomplete')
  assert.equal((await server.readJob(job.uuid)).state, 'processing')
})

test('a success completes the job and moves its version on, and saying it twice has effect once (D-58, WD2)', async () => {
  const job = await server.hold(runner)
  await server.recordSegments(job.versionId, '90p', [0])
  const payload = { cpuSeconds: 1.5, wallSeconds: 1, peakMemoryBytes: 1000, segments: { '90p': 1 } }
  assert.equal((await say(job, 'success', { payload })).status, 204)
  const row = await server.readJob(job.uuid)
  assert.equal(row.state, 'completed')
  assert.equal(row.cpu_seconds, 1.5)
  assert.equal((await server.readVersion(job.versionId)).state, 'packaging')
  assert.equal((await say(job, 'success', { payload })).status, 204)
  assert.deepEqual(await server.readJob(job.uuid), row)
  // Late progress is ignored, all else is refused with the code that runners know.
  assert.equal((await say(job, 'update', { progress: 90 })).status, 204)
  assert.deepEqual(await server.readJob(job.uuid), row)
  for (const [verb, fields] of verbs.filter(([each]) => each === 'abort' || each === 'error')) {
    const { status, body } = await say(job, verb, fields)
    assert.equal(status, 400)
    assert.equal(body?.['code'], 'runner_job_not_in_processing_state')
  }
})

test('a success may come as a form with names in brackets; files are refused (D-58)', async () => {
  const job = await server.hold(runner)
  await server.recordSegments(job.versionId, '90p', [0])
  const makeForm = () => {
    const form = new FormData()
    form.append('jobToken', job.jobToken)
    form.append('runnerToken', job.runnerToken)
    form.append('payload[cpuSeconds]', '2.5')
    form.append('payload[segments][90p]', '1')
    return form
  }
  const withFile = makeForm()
  withFile.append('payload[videoFile]', new Blob(['x'.repeat(100_000)]), 'a.mp4')
  assert.equal((await server.post(`/jobs/${job.uuid}/success`, withFile)).status, 400)
  assert.equal((await server.post(`/jobs/${job.uuid}/success`, makeForm())).status, 204)
  assert.equal((await server.readJob(job.uuid)).cpu_seconds, 2.5)
})

test('a version goes on only when the last of its jobs is done (WD6)', async () => {
  const first = await server.hold(runner)
  const { versionId } = first
  await server.parts.database
    .transaction()
    .execute((tx) => server.orderFor(tx, versionId, { label: 'second' }))
  const [, second] = await server.listJobs(versionId)
  const held = await server.accept(second?.uuid ?? '', runner)
  await server.recordSegments(versionId, '90p', [0])
  await say(first, 'success')
  assert.equal((await server.readVersion(versionId)).state, 'encoding')
  await say(held, 'success')
  assert.equal((await server.readVersion(versionId)).state, 'packaging')
})
