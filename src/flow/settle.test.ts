import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import type { ReelmillError } from '#errors/reelmill-error.ts'
import { cancelVideo } from '#flow/cancel-video.ts'
import { type HeldJob, startProtocolServer } from '../../test/support/protocol-server.ts'
import { failJob, rescueJobs, succeedJob } from './settle.ts'

const server = await startProtocolServer({ after })
const { parts } = server
const runner = await server.register()
const nothing = { cpuSeconds: 0, peakMemoryBytes: 0, segments: {} }
const repetitions = 15

async function holdWithSegments() {
  const job = await server.hold(runner)
  await server.recordSegments(job.versionId, '90p', [0])
  return job
}

async function expireLease({ uuid }: HeldJob): Promise<void> {
  await parts.database
    .updateTable('jobs')
    .set({ lease_expires_at: new Date(0) })
    .where('uuid', '=', uuid)
    .execute()
}

async function countEvents(versionId: string, type: string): Promise<number> {
  const { count } = await parts.database
    .selectFrom('events')
    .innerJoin('versions', 'versions.video_id', 'events.video_id')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('versions.id', '=', versionId)
    .where('events.type', '=', type)
    .executeTakeFirstOrThrow()
  return count
}

/** What a call ended with: "done" or the code of its refusal. */
function outcomeOf(call: Promise<unknown>): Promise<string> {
  return call.then(
    () => 'done',
    (error: ReelmillError) => error.code,
  )
}

test('a lost lease gives the job to others at once, counts, and locks the late runner out (D-108, WD3)', async () => {
  const job = await server.hold(runner)
  await expireLease(job)
  assert.ok((await rescueJobs(parts)) >= 1)
  const row = await server.readJob(job.uuid)
  assert.equal(row.state, 'pending')
  assert.equal(row.failures, 1)
  assert.ok(row.not_before <= new Date())
  const other = await server.register()
  const held = await server.accept(job.uuid, other)
  await server.recordSegments(job.versionId, '90p', [0])
  const late = failJob(parts, job, { message: 'late' })
  assert.equal(await outcomeOf(late), 'runner_job_not_found')
  assert.equal(await outcomeOf(succeedJob(parts, job, nothing)), 'runner_job_not_found')
  assert.equal((await server.readJob(job.uuid)).state, 'processing')
  await succeedJob(parts, held, nothing)
  assert.equal((await server.readJob(job.uuid)).state, 'completed')
})

test('a job whose runners fall silent again and again is given up (WD3)', async () => {
  const job = await server.hold(runner)
  await parts.database
    .updateTable('jobs')
    .set({ failures: 4, lease_expires_at: new Date(0) })
    .where('uuid', '=', job.uuid)
    .execute()
  await rescueJobs(parts)
  const row = await server.readJob(job.uuid)
  assert.equal(row.state, 'errored')
  assert.equal(row.error?.['code'], 'runner_lost')
  assert.equal((await server.readVersion(job.versionId)).state, 'failed')
})

test('a rescue and a success of the same job at once: exactly one of them happens (WD2)', async () => {
  for (let repetition = 0; repetition < repetitions; repetition += 1) {
    const job = await holdWithSegments()
    await expireLease(job)
    const [, outcome] = await Promise.all([
      rescueJobs(parts),
      outcomeOf(succeedJob(parts, job, nothing)),
    ])
    const { state, failures } = await server.readJob(job.uuid)
    const version = await server.readVersion(job.versionId)
    if (outcome === 'done') {
      assert.deepEqual([state, failures, version.state], ['completed', 0, 'packaging'])
    } else {
      assert.equal(outcome, 'runner_job_not_found')
      assert.deepEqual([state, failures, version.state], ['pending', 1, 'encoding'])
    }
  }
})

test('a cancellation and the last success at once: the video is cancelled or goes on, never both', async () => {
  for (let repetition = 0; repetition < repetitions; repetition += 1) {
    const job = await holdWithSegments()
    const { video_id } = await parts.database
      .selectFrom('versions')
      .select('video_id')
      .where('id', '=', job.versionId)
      .executeTakeFirstOrThrow()
    const [, outcome] = await Promise.all([
      cancelVideo(parts, video_id),
      outcomeOf(succeedJob(parts, job, nothing)),
    ])
    const { state } = await server.readJob(job.uuid)
    // Packaging can be cancelled too: the video ends cancelled whoever came first.
    assert.equal((await server.readVersion(job.versionId)).state, 'cancelled')
    assert.equal(state, outcome === 'done' ? 'completed' : 'cancelled')
    assert.ok(['done', 'runner_job_not_found'].includes(outcome))
  }
})

test('the same success many times at once moves the version on once (WD2)', async () => {
  const job = await holdWithSegments()
  const calls = Array.from({ length: 8 }, () => outcomeOf(succeedJob(parts, job, nothing)))
  assert.deepEqual(new Set(await Promise.all(calls)), new Set(['done']))
  assert.equal(await countEvents(job.versionId, 'video.packaging'), 1)
})

test('the last two jobs of a version that end at once move it on once', async () => {
  for (let repetition = 0; repetition < repetitions; repetition += 1) {
    const versionId = await server.order({}, {})
    const rows = await server.listJobs(versionId)
    const held = await Promise.all(rows.map(({ uuid }) => server.accept(uuid, runner)))
    await server.recordSegments(versionId, '90p', [0])
    await Promise.all(held.map((job) => succeedJob(parts, job, nothing)))
    assert.equal((await server.readVersion(versionId)).state, 'packaging')
    assert.equal(await countEvents(versionId, 'video.packaging'), 1)
  }
})
