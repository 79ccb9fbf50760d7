import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { setTimeout as delay } from 'node:timers/promises'
import { sql } from 'kysely'
import { cancelJobs } from '#jobs/cancel.ts'
import type { JobCredentials } from '#jobs/job.ts'
import { releaseJobs } from '#jobs/release.ts'
import { encodePictures } from '#media/boxes/clip.test-support.ts'
import { makeLyingInit } from '#media/boxes/lying-init.test-support.ts'
import { countLockWaits } from '../../test/support/lock-waits.ts'
import { chunkJob, type HeldJob, startProtocolServer } from '../../test/support/protocol-server.ts'
import { encodeSecondSegment, orderTwoSegments } from '../../test/support/two-groups.ts'
import { waitFor } from '../../test/support/wait-for.ts'
import { deleteVideo } from './delete-video.ts'
import { handInInit, handInSegment } from './hand-in.ts'
import { lockVersion } from './lock-version.ts'
import type { Parts } from './parts.ts'
import { abortJob, rescueJobs, updateJob } from './settle.ts'

const server = await startProtocolServer({ after })
const { database } = server.parts

/** Hands segments in while the jobs' rows are held; says how many sessions wait for them. */
async function countWaits(jobs: readonly JobCredentials[], segmentsEach: number): Promise<number> {
  const taking: Promise<unknown>[] = []
  const waiting = await database.transaction().execute(async (tx) => {
    await sql`select from jobs for update`.execute(tx)
    for (const credentials of jobs) {
      const segment = { credentials, track: '90p', number: 0, content: Buffer.of() }
      for (let count = 0; count < segmentsEach; count += 1) {
        taking.push(handInSegment(server.parts, segment))
      }
    }
    await waitFor('a segment that waits', async () => (await countLockWaits(database)) > 0)
    // Those that should not would by now.
    await delay(500)
    return countLockWaits(database)
  })
  for (const outcome of await Promise.allSettled(taking)) {
    assert.equal(outcome.status === 'rejected' && outcome.reason.code, 'segment_refused')
  }
  return waiting
}

test('however many segments wait to be taken, there are sessions of the database for all else (U48)', async () => {
  const runner = await server.register()
  const jobs = await Promise.all(Array.from({ length: 10 }, () => server.hold(runner)))
  assert.equal(await countWaits(jobs, 2), 6)
  assert.equal(await countWaits(jobs.slice(0, 1), 20), 1)
})

test('what goes out of the first init is what was ordered, whatever its runner says', async () => {
  const { init } = await encodePictures('h264', { frames: 1 })
  const runner = await server.register()
  const handIn = async (bytes: Buffer): Promise<Buffer> => {
    const job = await server.hold(runner, pictureJob('h264'))
    await handInInit(server.parts, job, '90p', bytes)
    return readInit(job.versionId)
  }
  const kept = await handIn(makeLyingInit(init))
  assert.ok(kept.equals(await handIn(init)))
  const other = Buffer.from(init)
  other.writeUInt32BE(2, other.indexOf('tkhd') + 16)
  other.writeUInt32BE(2, other.indexOf('trex') + 8)
  await assert.rejects(handIn(other), { code: 'segment_refused', message: /trackId/ })
})

/** A chunk of pictures that are coded in the order in which they are shown. */
function pictureJob(codec: string): ReturnType<typeof chunkJob> {
  const job = chunkJob()
  const payload = job.payload as unknown as Record<string, unknown>
  const rendition = { name: '90p', codec, width: 160, height: 90 }
  const renditions = [{ ...rendition, encoder: { reorderFrames: 0 } }]
  return { ...job, payload: { ...payload, renditions } as unknown as typeof job.payload }
}

test('a version whose init an older release kept, with what x265 told of its machine, is encoded on after an upgrade', async () => {
  const [kept, later] = await Promise.all([
    encodePictures('hevc', { frames: 1, threads: 1 }),
    encodePictures('hevc', { frames: 1, threads: 3 }),
  ])
  // Else nothing is told any more, and this proves nothing.
  assert.match(String(kept.init), /x265.*cpuid=/)
  const job = await server.hold(await server.register(), pictureJob('hevc'))
  const { versionId } = job
  await database
    .insertInto('tracks')
    .values({ version_id: versionId, name: '90p', codecs: '', timescale: 12_800, init: kept.init })
    .execute()
  await handInInit(server.parts, job, '90p', later.init)
  assert.ok((await readInit(versionId)).equals(kept.init), 'what is played stays')
  const other = Buffer.from(later.init)
  const level = other.indexOf('hvcC') + 4 + 12
  other.writeUInt8(other.readUInt8(level) ^ 3, level)
  const handedIn = handInInit(server.parts, job, '90p', other)
  await assert.rejects(handedIn, { code: 'parameter_sets_differ' })
})

async function readInit(versionId: string): Promise<Buffer> {
  const { init } = await database
    .selectFrom('tracks')
    .select('init')
    .where('version_id', '=', versionId)
    .executeTakeFirstOrThrow()
  return init
}

const clip = await encodeSecondSegment()

/** A segment on its way into a storage that takes it when it is told to. */
async function handInSlowly() {
  const runner = await server.register()
  const job = await server.hold(runner, orderTwoSegments())
  await handInInit(server.parts, job, '90p', clip.init)
  const [begun, opened] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
  const { storage } = server.parts
  const put: typeof storage.put = async (key, bytes) => {
    begun.resolve()
    await opened.promise
    return storage.put(key, bytes)
  }
  const parts: Parts = { ...server.parts, storage: { ...storage, put } }
  const segment = { credentials: job, track: '90p', number: 1, content: clip.segment }
  const taken = handInSegment(parts, segment)
  await begun.promise
  const isRecorded = async () => {
    const rows = database.selectFrom('segments').select('number')
    return (await rows.where('version_id', '=', job.versionId).execute()).length === 1
  }
  return { runner, job, isRecorded, end: () => (opened.resolve(), taken) }
}

test('while the storage takes a segment its runner tells that it is alive, and waits for nothing', async () => {
  const { job, isRecorded, end } = await handInSlowly()
  const past = new Date(0)
  await database
    .updateTable('jobs')
    .set({ lease_expires_at: past })
    .where('uuid', '=', job.uuid)
    .execute()
  // Whoever waits for the job does not keep its runner from it either.
  const aborted = abortJob(server.parts, job)
  await waitFor('a wait', async () => (await countLockWaits(database)) > 0)
  await updateJob(server.parts, job, 0.5)
  const { lease_expires_at: leased, progress } = await server.readJob(job.uuid)
  assert.ok(leased !== null && leased.getTime() > Date.now())
  assert.equal(progress, 0.5)
  await end()
  await aborted
  assert.ok(await isRecorded())
})

type Slow = Awaited<ReturnType<typeof handInSlowly>>

const takings: Readonly<Record<string, (slow: Slow) => Promise<unknown>>> = {
  'its runner gives the job back': ({ job }) => abortJob(server.parts, job),
  'its runner leaves': ({ runner }) => releaseJobs(database, runner.id),
  'its video is cancelled': ({ job }) =>
    database.transaction().execute(async (tx) => {
      await lockVersion(tx, job.versionId)
      await cancelJobs(tx, job.versionId)
    }),
  'its video is deleted': async ({ job }) => deleteVideo(server.parts, await videoOf(job)),
}

for (const [what, take] of Object.entries(takings)) {
  test(`while the storage takes a segment nobody else gets its job: ${what}`, async () => {
    const slow = await handInSlowly()
    let isTaken = false
    const taking = take(slow).then(() => {
      isTaken = true
    })
    await waitFor('a wait', async () => (await countLockWaits(database)) > 0)
    assert.equal(isTaken, false)
    assert.equal((await server.readJob(slow.job.uuid)).state, 'processing')
    await slow.end()
    await taking
    const late = { credentials: slow.job, track: '90p', number: 1, content: clip.segment }
    await assert.rejects(handInSegment(server.parts, late), { code: 'runner_job_not_found' })
  })
}

test('a lease that ends while the storage takes a segment is not believed', async () => {
  const { job, end } = await handInSlowly()
  await database
    .updateTable('jobs')
    .set({ lease_expires_at: new Date(0) })
    .where('uuid', '=', job.uuid)
    .execute()
  assert.equal(await rescueJobs(server.parts), 0)
  await end()
  assert.equal((await server.readJob(job.uuid)).state, 'processing')
})

test('a segment that comes while its job is being taken away is refused', async () => {
  const runner = await server.register()
  const job = await server.hold(runner, orderTwoSegments())
  await handInInit(server.parts, job, '90p', clip.init)
  const segment = { credentials: job, track: '90p', number: 1, content: clip.segment }
  let refused: Promise<unknown> | undefined
  await database.transaction().execute(async (tx) => {
    await lockVersion(tx, job.versionId)
    await cancelJobs(tx, job.versionId)
    refused = assert.rejects(handInSegment(server.parts, segment), { code: 'runner_job_not_found' })
    await waitFor('a wait', async () => (await countLockWaits(database)) > 0)
  })
  await refused
  assert.equal(await server.parts.storage.head(`videos/${await videoOf(job)}/1/90p/1.m4s`), null)
})

async function videoOf({ versionId }: HeldJob & { versionId: string }): Promise<string> {
  const { video_id } = await database
    .selectFrom('versions')
    .select('video_id')
    .where('id', '=', versionId)
    .executeTakeFirstOrThrow()
  return video_id
}
