import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { startProtocolServer } from '../../test/support/protocol-server.ts'
import { cancelVideo } from './cancel-video.ts'
import { retryVideo } from './retry-video.ts'
import { failJob, succeedJob } from './settle.ts'

const server = await startProtocolServer({ after })
const { parts } = server
const runner = await server.register()
const endsEarly = { code: 'source_ends_early', message: 'It ends early.' } as const
const nothing = { cpuSeconds: 0, peakMemoryBytes: 0, segments: {} }

/** A version whose source ended early in its second job, and that was planned again as one job. */
async function replan(): Promise<{ versionId: string; videoId: string }> {
  const versionId = await server.order({}, {}, {})
  const { video_id: videoId } = await parts.database
    .updateTable('versions')
    .set({ media: JSON.stringify({ access: 'seek' }), plan: '{}', playable_at: new Date() })
    .where('id', '=', versionId)
    .returning('video_id')
    .executeTakeFirstOrThrow()
  const [first, second] = await server.listJobs(versionId)
  const done = await server.accept(first?.uuid ?? '', runner)
  await server.recordSegments(versionId, '90p', [0])
  await succeedJob(parts, done, nothing)
  await failJob(parts, await server.accept(second?.uuid ?? '', runner), endsEarly)
  await parts.database.transaction().execute(async (tx) => {
    await tx
      .updateTable('versions')
      .set({ state: 'encoding' })
      .where('id', '=', versionId)
      .execute()
    await server.orderFor(tx, versionId, { label: 'all' })
  })
  return { versionId, videoId }
}

test('a version that was planned again needs its new jobs only, and cannot be played before them', async () => {
  const { versionId } = await replan()
  const jobs = await server.listJobs(versionId)
  assert.deepEqual(
    jobs.map(({ label }) => label),
    ['all'],
  )
  const { playable_at } = await parts.database
    .selectFrom('versions')
    .select('playable_at')
    .where('id', '=', versionId)
    .executeTakeFirstOrThrow()
  assert.equal(playable_at, null)
  const held = await server.accept(jobs[0]?.uuid ?? '', runner)
  await server.recordSegments(versionId, '90p', [0])
  await succeedJob(parts, held, nothing)
  assert.equal((await server.readVersion(versionId)).state, 'packaging')
})

test('a retry after a second planning offers no job of the first', async () => {
  const { versionId, videoId } = await replan()
  await cancelVideo(parts, videoId)
  await retryVideo(parts, videoId)
  const jobs = await server.listJobs(versionId)
  assert.deepEqual(
    jobs.map(({ label, state }) => [label, state]),
    [['all', 'pending']],
  )
})

test('pieces that come back unfit again and again make a plan without pieces, and the plan says why', async () => {
  const piece = { rendition: '90p', segment: 0, firstFrame: 0, frames: 50 }
  const order = { type: 'vod-web-video-transcoding', privatePayload: { piece }, encoders: [] }
  const versionId = await server.order(order, {})
  await parts.database
    .updateTable('versions')
    .set({ media: '{}', plan: JSON.stringify({ kind: 'chunks', video: [], audio: [] }) })
    .where('id', '=', versionId)
    .execute()
  const stock = await server.register({ encoders: undefined })
  const other = await server.register({ encoders: undefined })
  const [job] = await server.listJobs(versionId)
  const differs = { code: 'parameter_sets_differ', message: 'They differ.' } as const
  for (let failure = 0; (await server.readVersion(versionId)).state === 'encoding'; failure += 1) {
    assert.ok(failure < 20)
    await parts.database
      .updateTable('jobs')
      .set({ not_before: new Date(0) })
      .execute()
    await failJob(
      parts,
      await server.accept(job?.uuid ?? '', failure % 2 === 0 ? stock : other),
      differs,
    )
  }
  assert.equal((await server.readVersion(versionId)).state, 'planning')
  assert.deepEqual(await server.listJobs(versionId), [])
  const { plan } = await parts.database
    .selectFrom('versions')
    .select('plan')
    .where('id', '=', versionId)
    .executeTakeFirstOrThrow()
  assert.match(String(plan?.['piecesUnfit']), /could not be joined: They differ/)
})
