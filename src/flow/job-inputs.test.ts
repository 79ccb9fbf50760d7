import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { availableParallelism, tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { ReelmillError } from '#errors/reelmill-error.ts'
import type { JobRow } from '#jobs/job.ts'
import { makeMediaInfo } from '../../test/support/media-info.ts'
import { startProtocolServer } from '../../test/support/protocol-server.ts'
import { waitFor } from '../../test/support/wait-for.ts'
import { locateInput } from './job-inputs.ts'

const dataDir = await mkdtemp(join(tmpdir(), 'reelmill-inputs-'))
after(() => rm(dataDir, { recursive: true, force: true }))
const server = await startProtocolServer({ after }, { dataDir })
const { parts } = server

/** So many jobs of sound that the server cuts out of a source. */
async function orderSound(count: number): Promise<JobRow[]> {
  const sound = { type: 'vod-web-video-transcoding', privatePayload: { sound: 'audio-0' } } as const
  const id = await server.order(...Array.from({ length: count }, () => sound))
  const plan = { kind: 'chunks', grid: null, video: [], audio: [], chunks: [] }
  await parts.database
    .updateTable('versions')
    .set({ media: JSON.stringify(makeMediaInfo()), plan: JSON.stringify(plan) })
    .where('id', '=', id)
    .execute()
  return server.listJobs(id)
}

/** Counts the cuts that opened the source; they end, for it is gone, when `release` is called. */
function watchCuts(allowed: number) {
  const released = Promise.withResolvers<void>()
  const exceeded = Promise.withResolvers<string>()
  let now = 0
  parts.storage.head = async () => {
    now += 1
    if (now > allowed) exceeded.resolve('more than are allowed')
    await released.promise
    now -= 1
    return null
  }
  const isFull = () => now === allowed
  return { isFull, exceeded: exceeded.promise, release: released.resolve }
}

function ask(job: JobRow | undefined) {
  assert.ok(job)
  const leave = new AbortController()
  const located = locateInput(parts, job, { kind: 'video' }, leave.signal)
  const code = located.then(
    () => 'located',
    (error: unknown) => (error instanceof ReelmillError ? error.code : String(error)),
  )
  return { leave: () => leave.abort(), code }
}

test('no more inputs are cut at once than there are cores, and who left is not waited for', async () => {
  const cores = availableParallelism()
  const jobs = await orderSound(cores + 2)
  const { isFull, exceeded, release } = watchCuts(cores)
  const cutting = jobs.slice(0, cores).map(ask)
  await waitFor('a cut for each core', isFull)
  const [leaver, waiter] = jobs.slice(cores).map(ask)
  leaver?.leave()
  // Had it begun, it could not tell before it hears of the source.
  assert.equal(await Promise.race([leaver?.code, exceeded]), 'cancelled')
  release()
  const ends = [...cutting, waiter].map(async (asked) => asked?.code)
  assert.deepEqual(new Set(await Promise.all(ends)), new Set(['source_not_found']))
})

test('a job is cut once at a time, however often its runner asks', async () => {
  const [job] = await orderSound(1)
  const { isFull, exceeded, release } = watchCuts(1)
  const first = ask(job)
  await waitFor('a cut', isFull)
  const [leaver, waiter] = [ask(job), ask(job)]
  leaver.leave()
  assert.equal(await Promise.race([leaver.code, exceeded]), 'cancelled')
  release()
  const ends = await Promise.all([first.code, waiter.code])
  assert.deepEqual(ends, ['source_not_found', 'source_not_found'])
})
