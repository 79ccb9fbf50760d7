import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { startStockRunner } from '../peers/stock-runner.ts'
import type { HeldJob } from '../support/protocol-server.ts'
import { waitFor } from '../support/wait-for.ts'
import { openFarm } from './farm.ts'

const farm = await openFarm({ after })

/** Every type that a runner can hold; the stock server forgets some of them (3.5). */
const types = [
  'vod-web-video-transcoding',
  'vod-hls-transcoding',
  'vod-audio-merge-transcoding',
  'video-studio-transcoding',
  'video-transcription',
  'generate-video-storyboard',
  'vod-chunk-encoding',
  'vod-audio-encoding',
]

const secondsToLeaseEnd = async (uuid: string): Promise<number> => {
  const { lease_expires_at } = await farm.readJob(uuid)
  return ((lease_expires_at?.getTime() ?? 0) - Date.now()) / 1000
}

async function endLease(uuid: string): Promise<void> {
  await farm.database
    .updateTable('jobs')
    .set({ lease_expires_at: new Date(Date.now() - 1000) })
    .where('uuid', '=', uuid)
    .execute()
}

test('a silent runner loses its job after two minutes, whatever the type, and that counts as a failure (D-108, WD3)', async () => {
  const runner = await farm.register()
  const jobs: HeldJob[] = []
  for (const type of types) jobs.push(await farm.hold(runner, { type }))
  for (const { uuid } of jobs) {
    const seconds = await secondsToLeaseEnd(uuid)
    assert.ok(seconds > 115 && seconds <= 121, `${seconds} s`)
    await endLease(uuid)
  }
  for (const { uuid, ...tokens } of jobs) {
    const row = await waitFor('a job that was taken back', async () => {
      const found = await farm.readJob(uuid)
      return found.state === 'pending' ? found : null
    })
    assert.deepEqual([row.failures, row.runner_id, row.job_token_hash], [1, null, null])
    const late = await farm.post(`/jobs/${uuid}/update`, { ...tokens, progress: 99 })
    assert.equal(late.status, 404)
  }
})

test('an update without progress is a sign of life (D-57, D-105)', async () => {
  const runner = await farm.register()
  const { uuid, ...tokens } = await farm.hold(runner, { type: 'video-transcription' })
  await farm.database
    .updateTable('jobs')
    .set({ lease_expires_at: new Date(Date.now() + 60_000) })
    .where('uuid', '=', uuid)
    .execute()
  assert.equal((await farm.post(`/jobs/${uuid}/update`, tokens)).status, 204)
  assert.ok((await secondsToLeaseEnd(uuid)) > 115)
})

test('a job that loses its runner for the fifth time is given up, and its version with it (D-56, D-108)', async () => {
  const runner = await farm.register()
  const job = await farm.hold(runner)
  await farm.database
    .updateTable('jobs')
    .set({ failures: 4 })
    .where('uuid', '=', job.uuid)
    .execute()
  await endLease(job.uuid)
  const row = await waitFor('a job that is given up', async () => {
    const found = await farm.readJob(job.uuid)
    return found.state === 'errored' ? found : null
  })
  assert.deepEqual([row.failures, row.error?.['code']], [5, 'runner_lost'])
  assert.equal((await farm.readVersion(job.versionId)).state, 'failed')
})

test('a stock runner that is told nothing but pings comes for a job that was aborted, failed or lost (D-48, D-101, WD4)', async (t) => {
  const { registrationToken, url } = farm
  const stock = await startStockRunner({
    release: '0.6.0',
    servers: [{ url, registrationToken }],
    // What it does not know it drops, so it is idle again at once.
    enableJobs: ['vod-from-the-future'],
  })
  t.after(() => stock.vanish())
  const runner = await farm.register()
  const type = 'vod-from-the-future'
  for (const [verb, fields] of [
    ['abort', { reason: 'stop' }],
    ['error', { message: 'no' }],
    ['lost', {}],
  ] as const) {
    const { uuid, ...tokens } = await holdBefore(type, runner)
    if (verb === 'lost') await endLease(uuid)
    else await farm.post(`/jobs/${uuid}/${verb}`, { ...tokens, ...fields })
    await waitFor(`the stock runner at the job after ${verb}`, () =>
      stock.diary.calls.some(({ path, status }) => path.includes(uuid) && status === 200),
    )
  }
})

/** Held before any stranger can come for it: it is ordered for nobody and then given its type. */
async function holdBefore(type: string, runner: Awaited<ReturnType<typeof farm.register>>) {
  const job = await farm.hold(runner, { type: 'vod-for-nobody', encoders: [] })
  await farm.database.updateTable('jobs').set({ type }).where('uuid', '=', job.uuid).execute()
  return job
}
