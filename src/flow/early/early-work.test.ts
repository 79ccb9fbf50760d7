import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { sql } from 'kysely'
import type { VersionState } from '#database/tables.ts'
import type { NewJob } from '#jobs/create.ts'
import type { JobPayload } from '#jobs/payload.ts'
import { makeMediaInfo } from '../../../test/support/media-info.ts'
import { chunkJob, startProtocolServer } from '../../../test/support/protocol-server.ts'
import { waitFor } from '../../../test/support/wait-for.ts'
import { abandonVersions } from '../abandon-version.ts'
import { cancelVideo } from '../cancel-video.ts'
import { retryVideo } from '../retry-video.ts'
import { failJob, succeedJob } from '../settle.ts'
import { continueEarlyWork } from './continue-early-work.ts'
import { markEarly } from './early-job.ts'

const server = await startProtocolServer({ after })
const { database } = server.parts
const runner = await server.register()
const early = { privatePayload: markEarly('sources/copy') }
const endsEarly = { code: 'source_ends_early', message: 'It ends early.' } as const
const plan = {
  kind: 'chunks',
  video: [{ name: '90p' }],
  audio: [],
  chunks: [],
  early: { arrivedBytes: 1, soundSegments: 0, source: {} },
}

/** A version in that state, of which these jobs were given out early. */
async function giveOut(state: VersionState, ...jobs: Partial<NewJob>[]) {
  const versionId = await server.order(...jobs.map((job) => ({ ...job, ...early })))
  const { video_id: videoId } = await database
    .updateTable('versions')
    .set({ state, plan: JSON.stringify(plan), media: JSON.stringify(makeMediaInfo()) })
    .where('id', '=', versionId)
    .returning('video_id')
    .executeTakeFirstOrThrow()
  return { versionId, videoId, jobs: await server.listJobs(versionId) }
}

async function readEarly(versionId: string): Promise<unknown> {
  const { plan: kept } = await database
    .selectFrom('versions')
    .select('plan')
    .where('id', '=', versionId)
    .executeTakeFirstOrThrow()
  return kept?.['early']
}

async function countFailures(): Promise<number> {
  return (await database.selectFrom('job_failures').select('id').execute()).length
}

test('a job that fails while bytes still come is gone, stops what is given out, and speaks against nobody', async () => {
  const { versionId, jobs } = await giveOut('uploading', {}, chunkJob(50))
  await failJob(server.parts, await server.accept(jobs[0]?.uuid ?? '', runner), endsEarly)
  assert.deepEqual(
    (await server.listJobs(versionId)).map(({ id }) => id),
    [jobs[1]?.id],
  )
  assert.equal((await server.readVersion(versionId)).state, 'uploading')
  assert.deepEqual(await readEarly(versionId), {
    ...plan.early,
    stopped: 'A job failed: It ends early.',
  })
  assert.equal(await countFailures(), 0)
})

test('a job that fails when all bytes are there is offered again as if nobody had tried it', async () => {
  const { versionId, jobs } = await giveOut('encoding', {})
  await failJob(server.parts, await server.accept(jobs[0]?.uuid ?? '', runner), endsEarly)
  const [job] = await server.listJobs(versionId)
  const { state, failures, private_payload } = job ?? {}
  assert.deepEqual([state, failures, private_payload], ['pending', 0, {}])
  assert.equal((await server.readVersion(versionId)).state, 'encoding')
  assert.equal(await countFailures(), 0)
})

test('the last job that was given out moves nothing on while bytes still come', async () => {
  const { versionId, jobs } = await giveOut('uploading', {})
  const held = await server.accept(jobs[0]?.uuid ?? '', runner)
  await server.recordSegments(versionId, '90p', [0])
  await succeedJob(server.parts, held, { cpuSeconds: 1, peakMemoryBytes: 1, segments: {} })
  assert.equal((await server.readVersion(versionId)).state, 'uploading')
})

test('a plan that goes on keeps what runners have and have done, and orders the rest', async () => {
  const { versionId, jobs } = await giveOut(
    'planning',
    chunkJob(0),
    chunkJob(50),
    chunkJob(100),
    chunkJob(150),
  )
  const [done, held, failed] = jobs
  const first = await server.accept(done?.uuid ?? '', runner)
  await server.recordSegments(versionId, '90p', [0])
  await succeedJob(server.parts, first, { cpuSeconds: 1, peakMemoryBytes: 1, segments: {} })
  await server.accept(held?.uuid ?? '', runner)
  await database
    .updateTable('jobs')
    .set({ state: 'errored' })
    .where('id', '=', failed?.id ?? 0)
    .execute()
  const planned = [0, 50, 100, 150, 200].map((frame) => {
    const job = chunkJob(frame)
    return { ...job, payload: job.payload as JobPayload }
  })
  await database.transaction().execute((tx) => continueEarlyWork(tx, versionId, planned))
  const now = await server.listJobs(versionId)
  assert.deepEqual(
    now.map(({ label, state }) => [label, state]),
    [
      ['chunk at 0', 'completed'],
      ['chunk at 50', 'processing'],
      ['chunk at 100', 'pending'],
      ['chunk at 150', 'pending'],
      ['chunk at 200', 'pending'],
    ],
  )
  assert.deepEqual(
    now.slice(2).map(({ private_payload }) => private_payload),
    [{}, {}, {}],
  )
})

test('a video that was cancelled before the whole was looked at is tried again from the beginning', async () => {
  const { versionId, videoId } = await giveOut('probing', {})
  await server.recordSegments(versionId, '90p', [0])
  await cancelVideo(server.parts, videoId)
  await retryVideo(server.parts, videoId)
  assert.equal((await server.readVersion(versionId)).state, 'probing')
  assert.deepEqual(await server.listJobs(versionId), [])
  const tracks = await database.selectFrom('tracks').where('version_id', '=', versionId).execute()
  assert.deepEqual(tracks, [])
})

test('an upload that is given up while a segment of it is handed in ends without a deadlock', async () => {
  const { versionId, videoId, jobs } = await giveOut('uploading', {})
  await server.accept(jobs[0]?.uuid ?? '', runner)
  const inHand = Promise.withResolvers<void>()
  const locked = Promise.withResolvers<void>()
  const handingIn = database.transaction().execute(async (tx) => {
    await tx.selectFrom('jobs').where('version_id', '=', versionId).forUpdate().execute()
    locked.resolve()
    await inHand.promise
    const init = Buffer.from('init')
    await tx
      .insertInto('tracks')
      .values({ version_id: versionId, name: '90p', codecs: 'avc1', timescale: 12800, init })
      .execute()
  })
  await locked.promise
  const givingUp = database
    .transaction()
    .execute((tx) => abandonVersions(server.parts, tx, [versionId]))
  await waitFor('it to wait for the job', async () => {
    const { rows } = await sql`select from pg_locks where not granted`.execute(database)
    return rows.length > 0
  })
  inHand.resolve()
  await handingIn
  assert.equal(await givingUp, 1)
  const left = await database.selectFrom('videos').where('id', '=', videoId).execute()
  assert.deepEqual(left, [])
})
