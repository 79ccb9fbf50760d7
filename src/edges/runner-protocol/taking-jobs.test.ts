import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, test } from 'node:test'
import type { ChunkPayload } from '#jobs/payload.ts'
import { makeSourceTicket } from '#jobs/source-ticket.ts'
import {
  chunkJob,
  startProtocolServer,
  type TestRunner,
} from '../../../test/support/protocol-server.ts'

const server = await startProtocolServer({ after })

/** Jobs of types of their own, so that tests do not take each other's. */
const ownType = () => `test-${randomUUID()}`

async function request({ runnerToken }: TestRunner, body: object): Promise<string[]> {
  const answer = await server.post('/jobs/request', { runnerToken, ...body })
  assert.equal(answer.status, 200)
  const { availableJobs } = answer.body as unknown as { availableJobs: { uuid: string }[] }
  return availableJobs.map(({ uuid }) => uuid)
}

async function uuidsOf(versionId: string): Promise<string[]> {
  return (await server.listJobs(versionId)).map(({ uuid }) => uuid)
}

test('at most ten jobs are offered, by priority and then by age (D-52, WD18)', async () => {
  const type = ownType()
  const runner = await server.register()
  const later = await server.order(...Array.from({ length: 12 }, () => ({ type, priority: 5 })))
  const urgent = await server.order({ type, priority: 1 })
  const expected = [...(await uuidsOf(urgent)), ...(await uuidsOf(later))].slice(0, 10)
  assert.deepEqual(await request(runner, { jobTypes: [type] }), expected)
})

test('only types that a runner names are offered, and own types to nobody who names none (D-110, U66)', async () => {
  const type = 'vod-hls-transcoding'
  const runner = await server.register()
  const [own = ''] = await uuidsOf(await server.order({ priority: -1 }))
  const [other = ''] = await uuidsOf(await server.order({ type, encoders: [], priority: -2 }))
  const stranger = await request(runner, {})
  assert.ok(stranger.includes(other))
  assert.ok(!stranger.includes(own))
  const ours = await request(runner, { jobTypes: ['vod-chunk-encoding'] })
  assert.equal(ours[0], own)
  assert.ok(!ours.includes(other))
  assert.deepEqual(await request(runner, { jobTypes: [] }), [])
  const { status } = await server.post('/jobs/request', { ...runner, jobTypes: type })
  assert.equal(status, 400)
})

test('a job is offered only to runners that have its encoders (U66)', async () => {
  const type = ownType()
  const runner = await server.register({ encoders: ['libx264'] })
  const versionId = await server.order({ type, encoders: ['libx264', 'libx265'] })
  assert.deepEqual(await request(runner, { jobTypes: [type] }), [])
  const encoders = ['aac', 'libx265', 'libx264']
  assert.deepEqual(await request(runner, { jobTypes: [type], encoders }), await uuidsOf(versionId))
  assert.deepEqual(await request(runner, { jobTypes: [type] }), await uuidsOf(versionId))
})

test('a job that this runner failed at comes last for it, and rests first', async () => {
  const type = ownType()
  const [runner, other] = [await server.register(), await server.register()]
  const failed = await server.hold(runner, { type, priority: 1 })
  const [fresh] = await uuidsOf(await server.order({ type, priority: 9 }))
  await server.post(`/jobs/${failed.uuid}/error`, { ...failed, message: 'no' })
  assert.deepEqual(await request(other, { jobTypes: [type] }), [fresh])
  await server.parts.database
    .updateTable('jobs')
    .set({ not_before: new Date(0) })
    .where('uuid', '=', failed.uuid)
    .execute()
  assert.deepEqual(await request(other, { jobTypes: [type] }), [failed.uuid, fresh])
  assert.deepEqual(await request(runner, { jobTypes: [type] }), [fresh, failed.uuid])
})

test('an unknown runner is told so by a code, whatever it asks (D-52, D-103)', async () => {
  const runnerToken = 'ptrt-unknown'
  for (const path of ['/jobs/request', `/jobs/${randomUUID()}/accept`]) {
    const { status, body } = await server.post(path, { runnerToken })
    assert.equal(status, 404)
    assert.equal(body?.['code'], 'unknown_runner_token')
  }
})

test('an accepted job is described as the protocol says (D-53)', async () => {
  const runner = await server.register()
  const [uuid = ''] = await uuidsOf(await server.order(chunkJob()))
  const answer = await server.post(`/jobs/${uuid}/accept`, { runnerToken: runner.runnerToken })
  assert.equal(answer.status, 200)
  const { job } = answer.body as unknown as { job: Record<string, unknown> }
  assert.equal(job['uuid'], uuid)
  assert.deepEqual(job['state'], { id: 2, label: 'Processing' })
  assert.match(String(job['jobToken']), /^ptrjt-[0-9a-f-]{36}$/)
  assert.equal((job['runner'] as { id: number }).id, runner.id)
  assert.ok(!JSON.stringify(job['runner']).includes('ptrt-'))
  const { input } = job['payload'] as { input: { url: string; path?: string } }
  const ticket = makeSourceTicket(String(job['jobToken']))
  assert.equal(input.url, `${server.url}/api/v1/runners/jobs/${uuid}/source/${ticket}`)
  assert.ok(!('path' in input))
})

test('of many runners that accept a job at once exactly one gets it, the others 409 (D-53, D-54)', async () => {
  const runners = await Promise.all(Array.from({ length: 8 }, () => server.register()))
  for (let repetition = 0; repetition < 25; repetition += 1) {
    const [uuid = ''] = await uuidsOf(await server.order({}))
    const answers = await Promise.all(
      runners.map(({ runnerToken }) => server.post(`/jobs/${uuid}/accept`, { runnerToken })),
    )
    const won = answers.filter(({ status }) => status === 200)
    const lost = answers.filter(({ status }) => status === 409)
    assert.equal(won.length, 1)
    assert.equal(lost.length, 7)
    for (const { body } of lost) assert.equal(body?.['code'], 'runner_job_not_in_pending_state')
  }
})

test('a job that is not there, or no uuid, cannot be accepted', async () => {
  const { runnerToken } = await server.register()
  assert.equal((await server.post(`/jobs/${randomUUID()}/accept`, { runnerToken })).status, 404)
  assert.equal((await server.post('/jobs/nonsense/accept', { runnerToken })).status, 400)
  assert.equal((await server.post(`/jobs/${randomUUID()}/accept`, {})).status, 400)
})

/** Accepts a job of a chunk, says which that was, and loses it again. */
async function loseChunk(uuid: string): Promise<(number | null)[]> {
  const { runnerToken } = await server.register()
  const { body } = await server.post(`/jobs/${uuid}/accept`, { runnerToken })
  const { job } = body as unknown as { job: { jobToken: string; payload: ChunkPayload } }
  const tokens = { runnerToken, jobToken: job.jobToken, reason: 'leaving' }
  assert.equal((await server.post(`/jobs/${uuid}/abort`, tokens)).status, 204)
  return [job.payload.chunk.firstFrame, job.payload.chunk.frames]
}

test('a chunk that a lost runner began is given out from the first segment that is not there (U62)', async () => {
  const order = chunkJob(50, 250)
  const [rendition] = (order.payload as unknown as ChunkPayload).renditions
  const renditions = [rendition, { ...rendition, name: '180p' }]
  const payload = { ...order.payload, renditions } as unknown as typeof order.payload
  const versionId = await server.order({ ...order, payload })
  const [uuid = ''] = await uuidsOf(versionId)
  assert.deepEqual(await loseChunk(uuid), [50, 250])
  await server.recordSegments(versionId, '90p', [1, 2, 3, 5])
  assert.deepEqual(await loseChunk(uuid), [50, 250])
  await server.recordSegments(versionId, '180p', [1, 2])
  assert.deepEqual(await loseChunk(uuid), [150, 150])
  await server.recordSegments(versionId, '90p', [4])
  await server.recordSegments(versionId, '180p', [3, 4, 5])
  assert.deepEqual(await loseChunk(uuid), [250, 50])
  const kept = (await server.readJob(uuid)).payload as unknown as ChunkPayload
  assert.deepEqual([kept.chunk.firstFrame, kept.chunk.frames], [50, 250])
})

test('a lost chunk is not given out from behind the last picture, which its runner must hold (U62)', async () => {
  const order = chunkJob(50, 450)
  const { grid } = order.payload as unknown as ChunkPayload
  const payload = { ...order.payload, grid: { ...grid, heldFrames: 240 } }
  const versionId = await server.order({ ...order, payload })
  const [uuid = ''] = await uuidsOf(versionId)
  await server.recordSegments(versionId, '90p', [1, 2, 3, 4, 5, 6, 7, 8])
  assert.deepEqual(await loseChunk(uuid), [250, 250])
})
