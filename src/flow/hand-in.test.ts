import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { setTimeout as delay } from 'node:timers/promises'
import { sql } from 'kysely'
import type { JobCredentials } from '#jobs/job.ts'
import { encodePictures } from '#media/boxes/clip.test-support.ts'
import { makeLyingInit } from '#media/boxes/lying-init.test-support.ts'
import { countLockWaits } from '../../test/support/lock-waits.ts'
import { chunkJob, startProtocolServer } from '../../test/support/protocol-server.ts'
import { waitFor } from '../../test/support/wait-for.ts'
import { handInInit, handInSegment } from './hand-in.ts'

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
